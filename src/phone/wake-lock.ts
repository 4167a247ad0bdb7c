interface Screen {
  readonly document: Pick<Document, 'hidden' | 'addEventListener'>;
  /** Missing in old browsers, and where the page is not served over a secure connection. */
  readonly wakeLock: Pick<WakeLock, 'request'> | undefined;
}

/**
 * Keeps the screen from going dark until the release is called. A browser takes the lock away while the page is hidden, so
 * it is asked for again whenever the page is seen. One that refuses (low battery) costs nothing else.
 * https://www.w3.org/TR/screen-wake-lock/
 */
export function keepScreenOn({ document, wakeLock }: Screen): () => void {
  if (!wakeLock) return () => undefined;
  const over = new AbortController();
  const { signal } = over;
  let held: Pick<WakeLockSentinel, 'released' | 'release'> | undefined;
  let asking = false;

  const ask = async (): Promise<void> => {
    if (document.hidden || asking || held?.released === false) return;
    asking = true;
    try {
      const lock = await wakeLock.request('screen');
      // The talk may have ended while the browser made up its mind.
      if (signal.aborted) await lock.release();
      else held = lock;
    } catch {
      // Asked again when the page is next seen.
    } finally {
      asking = false;
    }
  };

  document.addEventListener('visibilitychange', () => void ask(), { signal });
  void ask();
  return () => {
    over.abort();
    void held?.release();
  };
}

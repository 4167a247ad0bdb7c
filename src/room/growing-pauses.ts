/** Between one try and the next, in ms, before the jitter. */
const firstPauseMs = 500;
const longestPauseMs = 15_000;

export interface PauseOptions {
  /** Ends every pause at once. */
  readonly signal?: AbortSignal;
  /** Gives numbers from 0 to 1, for the jitter. */
  readonly random?: () => number;
}

/** Up to a quarter more or less, so that those who lost the same server do not all come back in the same moment. */
export function withJitter(ms: number, random: () => number): number {
  return ms * (0.75 + random() / 2);
}

/**
 * Returns what pauses before the next try, each time twice as long up to a limit. A pause ends at once when the browser says that
 * it is online again.
 */
export function growingPauses({
  signal,
  random = Math.random,
}: PauseOptions = {}): () => Promise<void> {
  let nextMs = firstPauseMs;
  return () => {
    const ms = withJitter(nextMs, random);
    nextMs = Math.min(nextMs * 2, longestPauseMs);
    return pause(ms, signal);
  };
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = new AbortController();
    const finish = (): void => {
      clearTimeout(timer);
      done.abort();
      resolve();
    };
    const timer = setTimeout(finish, ms);
    globalThis.addEventListener('online', finish, { signal: done.signal });
    signal?.addEventListener('abort', finish, { signal: done.signal });
  });
}

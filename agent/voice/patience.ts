import { setTimeout as delay } from 'node:timers/promises';

/** What the promise comes to, or `late` where it takes longer than this, in ms. */
export async function within<T>(patienceMs: number, promise: Promise<T>): Promise<T | 'late'> {
  const over = new AbortController();
  const tooLate = delay(patienceMs, 'late' as const, { signal: over.signal, ref: false });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    over.abort();
    await tooLate.catch(() => undefined);
  }
}

import type { ProblemCode } from '#protocol/problems.ts';
import type { Problem } from '../conversation/state.ts';

/** Pauses between one try and the next, in ms, before the jitter. */
const firstPauseMs = 500;
const longestPauseMs = 15_000;

/** As long as an assistant remembers a conversation, in ms, somebody may still be glad to have it back. */
export const persistenceMs = 5 * 60_000;

/** What another try may mend. */
const passing: readonly ProblemCode[] = [
  'connection_lost',
  'server_unreachable',
  'rate_limited',
  'unknown',
];

/** Up to a quarter more or less, so that those who lost the same server do not all come back in the same moment. */
export function withJitter(ms: number, random: () => number): number {
  return ms * (0.75 + random() / 2);
}

/**
 * Tries until it succeeds, with growing pauses; at once when the browser says that it is online again. Resolves to
 * undefined on success, to the problem that no further try would mend, or to `connection_lost` when the time is up.
 * Rejects with the reason of the signal once that is aborted.
 */
export async function persist(
  tryOnce: () => Promise<Problem | undefined>,
  { signal, random = Math.random }: { signal: AbortSignal; random?: () => number },
): Promise<Problem | undefined> {
  const giveUpAtMs = performance.now() + persistenceMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    await pause(withJitter(pauseMs, random), signal);
    signal.throwIfAborted();
    const problem = await tryOnce();
    signal.throwIfAborted();
    if (!problem || !passing.includes(problem.code)) return problem;
    if (performance.now() >= giveUpAtMs) return { ...problem, code: 'connection_lost' };
  }
}

/** Resolves after so many ms, or at once when the browser is online again or the signal is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
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

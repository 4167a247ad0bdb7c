import type { ProblemCode } from '#protocol/problems.ts';
import type { Problem } from '../conversation/state.ts';
import { growingPauses, type PauseOptions } from './growing-pauses.ts';

/** As long as an assistant remembers a conversation, in ms, somebody may still be glad to have it back. */
export const persistenceMs = 5 * 60_000;

/** What another try may mend. */
const passing: readonly ProblemCode[] = [
  'connection_lost',
  'server_unreachable',
  'rate_limited',
  'unknown',
];

/**
 * Tries until it succeeds, with growing pauses; at once when the browser says that it is online again. Resolves to
 * undefined on success, to the problem that no further try would mend, or to `connection_lost` when the time is up.
 * Rejects with the reason of the signal once that is aborted.
 */
export async function persist(
  tryOnce: () => Promise<Problem | undefined>,
  options: PauseOptions & { readonly signal: AbortSignal },
): Promise<Problem | undefined> {
  const giveUpAtMs = performance.now() + persistenceMs;
  const { signal } = options;
  const pause = growingPauses(options);
  for (;;) {
    await pause();
    signal.throwIfAborted();
    const problem = await tryOnce();
    signal.throwIfAborted();
    if (!problem || !passing.includes(problem.code)) return problem;
    if (performance.now() >= giveUpAtMs) return { ...problem, code: 'connection_lost' };
  }
}

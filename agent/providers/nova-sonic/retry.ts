import type { NovaSonicError } from './errors.ts';

export interface RetryLimits {
  /** Tries soon after one another, before the pause between them becomes long. */
  readonly quickTries: number;
  /** No quick try waits longer, in ms. */
  readonly maxDelayMs: number;
  /** Between tries when the quick ones are used up or make no sense, in ms. */
  readonly slowDelayMs: number;
}

/**
 * How long to wait before the next try, in ms, after so many failed ones in a row (from 1): nothing, 1 s, 3 s, and so
 * on, then long pauses. Undefined when no try can succeed.
 */
export function retryDelayMs(
  failures: number,
  error: NovaSonicError,
  limits: RetryLimits,
): number | undefined {
  if (error.kind === 'refused') return undefined;
  if (!error.retryable || failures > limits.quickTries) return limits.slowDelayMs;
  return Math.min(limits.maxDelayMs, (2 ** (failures - 1) - 1) * 1000);
}

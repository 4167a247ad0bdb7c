import { spreadOf, type Spread } from '../report.ts';

/** A spread with the quantile that only one in twenty lies above. */
export interface WideSpread extends Spread {
  readonly p95: number;
}

/** The spread of at least one value; quantiles by the nearest rank. */
export function wideSpreadOf(values: readonly number[]): WideSpread {
  const sorted = [...values].sort((a, b) => a - b);
  const p95 = sorted[Math.max(0, Math.ceil(0.95 * sorted.length) - 1)] ?? Number.NaN;
  return { ...spreadOf(values), p95: Math.round(p95 * 10) / 10 };
}

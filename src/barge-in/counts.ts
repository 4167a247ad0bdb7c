import type { Verdict } from './barge-in.ts';

/** What has come of the tries to cut in, since the page was opened. */
export interface BargeInCounts {
  readonly ducked: number;
  /** False alarms: the voice came back. */
  readonly restored: number;
  readonly confirmed: number;
  /** Of the latest: ms from the first sound of speech until the voice was lowered. */
  readonly loweredMs: number | undefined;
  /** Ms from the same moment until the reply was dropped for good; undefined if it came back, or may yet. */
  readonly finalMs: number | undefined;
}

export const noBargeIn: BargeInCounts = {
  ducked: 0,
  restored: 0,
  confirmed: 0,
  loweredMs: undefined,
  finalMs: undefined,
};

export function countVerdict(
  counts: BargeInCounts,
  { verdict, sinceOnsetMs }: { readonly verdict: Verdict; readonly sinceOnsetMs: number },
): BargeInCounts {
  switch (verdict) {
    case 'duck':
      return {
        ...counts,
        ducked: counts.ducked + 1,
        loweredMs: sinceOnsetMs,
        finalMs: undefined,
      };
    case 'restore':
      return { ...counts, restored: counts.restored + 1 };
    case 'confirm':
      return { ...counts, confirmed: counts.confirmed + 1, finalMs: sinceOnsetMs };
  }
}

import type { Summary } from './summary.ts';

/** A conversation with the day that it stands under, if it is the first of that day. */
export interface Listed {
  readonly summary: Summary;
  /** Local midnight before it, in ms since the epoch. */
  readonly newDayMs: number | undefined;
}

/** The list with its days. The conversations have to be in the order in which they are shown. */
export function byDay(conversations: readonly Summary[]): Listed[] {
  let dayMs: number | undefined;
  return conversations.map((summary) => {
    const midnightMs = midnightOf(summary.endedAtMs);
    const isNew = midnightMs !== dayMs;
    dayMs = midnightMs;
    return { summary, newDayMs: isNew ? midnightMs : undefined };
  });
}

/** How many midnights lie between the two, in local time. */
export function daysBetween(earlierMs: number, laterMs: number): number {
  // By rounding, since a day may have 23 or 25 hours.
  return Math.round((midnightOf(laterMs) - midnightOf(earlierMs)) / 86_400_000);
}

function midnightOf(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0);
}

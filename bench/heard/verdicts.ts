import type { WatchedEvents } from '../barge-in/watched-detector.ts';

/** What the page's detector did in some stretch of time. */
export interface Decided {
  /** How often the voice was lowered, for good or not. */
  readonly lowered: number;
  /** How often the reply was dropped for good. */
  readonly cut: number;
  /** For how long, in ms, a voice that came back afterwards was lowered. */
  readonly silencedMs: number;
}

export function decidedIn(verdicts: WatchedEvents['verdicts']): Decided {
  let loweredAtMs: number | undefined;
  let silencedMs = 0;
  for (const { verdict, atMs } of verdicts) {
    if (verdict === 'restore' && loweredAtMs !== undefined) silencedMs += atMs - loweredAtMs;
    loweredAtMs = verdict === 'duck' ? atMs : undefined;
  }
  const count = (which: string): number =>
    verdicts.filter(({ verdict }) => verdict === which).length;
  return { lowered: count('duck'), cut: count('confirm'), silencedMs: Math.round(silencedMs) };
}

import type { KeptTurns } from '../inspector/kept-turns.ts';
import { beginningOf } from '../transcript/beginning.ts';
import { isNewCall } from './new-call.ts';
import type { TranscriptRow } from '../transcript/model.ts';

/** What the list of conversations shows of one; kept beside its rows, so that the list need not read them. */
export interface Summary {
  readonly id: string;
  readonly startedAtMs: number;
  /** When something was last said. */
  readonly endedAtMs: number;
  /** Given by the person; the opening stands in where there is none. */
  readonly title?: string;
  /** The first thing that the person said, shortened; empty if nothing was. */
  readonly opening: string;
  /** What answered last, for people. */
  readonly engine?: string;
  /** How long was talked, without the time between two calls, in ms. */
  readonly talkedMs: number;
  /** How many things were said by either side. */
  readonly said: number;
}

/** A conversation as it is kept, its rows from the older to the newer. */
export interface KeptConversation extends Summary {
  readonly rows: readonly TranscriptRow[];
  /** Every turn in detail, where that was kept and is wanted. */
  readonly turns?: KeptTurns;
}

const longestOpening = 80;

/** A title may have this many characters. */
export const longestTitle = 120;

/** What of a summary follows from the rows. */
export function derivedFrom(
  rows: readonly TranscriptRow[],
  endedAtMs: number,
): Pick<Summary, 'opening' | 'talkedMs' | 'said'> {
  const said = rows.filter((row) => row.kind === 'utterance');
  const first = said.find(({ speaker }) => speaker === 'user');
  return {
    opening: beginningOf(first?.text.replace(/\s+/g, ' ').trim() ?? '', longestOpening),
    talkedMs: talkedMs(rows, endedAtMs),
    said: said.length,
  };
}

/** The time from the first to the last row of each call, together. A later call begins with a notice of its own. */
function talkedMs(rows: readonly TranscriptRow[], endedAtMs: number): number {
  let sum = 0;
  let sinceMs = rows[0]?.startedAtMs ?? endedAtMs;
  let lastMs = sinceMs;
  for (const row of rows) {
    if (isNewCall(row)) {
      sum += lastMs - sinceMs;
      sinceMs = row.startedAtMs;
    }
    lastMs = row.startedAtMs;
  }
  return Math.max(0, sum + Math.max(lastMs, endedAtMs) - sinceMs);
}

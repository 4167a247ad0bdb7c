import type { TranscriptRow } from '../transcript/model.ts';

/** What is pressed is heard from a little before its first word, in ms; so soon it is the row that is heard. */
export const leadMs = 300;

/** The place of what was being said at this moment, in ms since the epoch; -1 if nothing had been. */
export function rowHeardAt(rows: readonly TranscriptRow[], momentMs: number): number {
  return rows.findLastIndex(
    (row) => row.kind === 'utterance' && row.startedAtMs <= momentMs + leadMs,
  );
}

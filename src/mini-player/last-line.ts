import type { TranscriptRow, UtteranceRow } from '../transcript/model.ts';

/** What was said last, by whomever; undefined before the first word. */
export function lastLine(rows: readonly TranscriptRow[]): UtteranceRow | undefined {
  return rows.findLast(
    (row): row is UtteranceRow => row.kind === 'utterance' && row.text.trim() !== '',
  );
}

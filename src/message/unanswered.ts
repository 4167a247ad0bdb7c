import type { TranscriptRow, UtteranceRow } from '../transcript/model.ts';

/** What was asked longer ago, in ms, had its chance of an answer, or wanted none. */
const longestWaitMs = 30_000;

/**
 * What the person said or typed last, if nothing has come of it yet: no word, and no tool either, which would be run
 * twice if it were asked again.
 */
export function unansweredIn(
  rows: readonly TranscriptRow[],
  nowMs: number,
): UtteranceRow | undefined {
  const last = rows.findLast(({ kind }) => kind !== 'notice');
  if (last?.kind !== 'utterance' || last.speaker !== 'user') return undefined;
  const waits = last.status.kind === 'final' && nowMs - last.startedAtMs <= longestWaitMs;
  return waits ? last : undefined;
}

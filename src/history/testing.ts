import type { ToolRow, TranscriptRow, UtteranceRow } from '../transcript/model.ts';
import { derivedFrom, type KeptConversation } from './summary.ts';

/** Rows for tests; times are in ms since the epoch. */
export function said(
  id: string,
  text: string,
  startedAtMs: number,
  speaker: UtteranceRow['speaker'] = 'user',
): UtteranceRow {
  return {
    kind: 'utterance',
    id,
    speaker,
    via: 'voice',
    text,
    status: { kind: 'final' },
    startedAtMs,
  };
}

export function cutOff(
  id: string,
  text: string,
  unheard: string,
  startedAtMs: number,
): UtteranceRow {
  return {
    ...said(id, text, startedAtMs, 'assistant'),
    status: { kind: 'cut', unheard, by: 'speech' },
  };
}

export function called(id: string, name: string, input: object, startedAtMs: number): ToolRow {
  return {
    kind: 'tool',
    id,
    name,
    title: name,
    input: JSON.stringify(input),
    status: 'done',
    output: 'Done.',
    startedAtMs,
  };
}

export function conversation(
  id: string,
  rows: readonly TranscriptRow[],
  endedAtMs = (rows.at(-1)?.startedAtMs ?? 0) + 1000,
): KeptConversation {
  const startedAtMs = rows[0]?.startedAtMs ?? 0;
  return { id, startedAtMs, endedAtMs, ...derivedFrom(rows, endedAtMs), rows };
}

import type { CutCause } from '#protocol/events.ts';
import type { Card } from '#protocol/page-tools.ts';
import type { ToolRow, TranscriptRow, UtteranceRow } from './model.ts';
import { dropRow, lastRow, noRows, putRow, rowById, rowsOf, type Rows } from './rows.ts';
import { addToTurn, textOfTurn, turnIsFinal, type UserTurn } from './turn.ts';

/** What can happen to a transcript. Times are ms since the epoch on the page's clock. */
export type TranscriptAction =
  | { type: 'user_speech_started'; atMs: number }
  /** The whole text of the segment so far. */
  | { type: 'user_text'; segmentId: string; text: string; final: boolean; atMs: number }
  | { type: 'user_typed'; id: string; text: string; atMs: number }
  | { type: 'reply_text'; segmentId: string; delta: string; atMs: number }
  | { type: 'reply_ended'; segmentId: string }
  | ({ type: 'reply_cut'; segmentId?: string } & Cut)
  | { type: 'reply_heard_first'; latencyMs: number }
  | { type: 'tool_started'; id: string; name: string; title: string; input: string; atMs: number }
  | { type: 'tool_finished'; id: string; outcome: ToolOutcome; output: string }
  /** By the tool call of this id. */
  | { type: 'card_shown'; id: string; card: Card }
  | { type: 'notice'; id: string; text: string; atMs: number }
  /** Nothing more will come for what is still open: the call is over, or the assistant is gone. */
  | { type: 'settled' };

type ToolOutcome = Exclude<ToolRow['status'], 'running'>;

interface Cut {
  /** Absent where only the page knows it: by what it has shown. Then `unheard` is the whole reply. */
  readonly heard?: string;
  readonly unheard: string;
  readonly by: CutCause;
  readonly atMs: number;
}

export interface Transcript {
  readonly rows: Rows;
  /** The person's latest spoken turn, which may still grow by further segments. */
  readonly turn: UserTurn | undefined;
  /** When the person began to speak, until a segment has taken it for its start. */
  readonly speechStartedAtMs: number | undefined;
  /** When the person last began to speak; a reply to it began no earlier. */
  readonly lastSpeechAtMs: number;
  /** Cuts that came before the reply's first word. */
  readonly earlyCuts: ReadonlyMap<string, Cut>;
  /** A latency that was measured before its reply had a row. */
  readonly earlyLatencyMs: number | undefined;
}

export const emptyTranscript: Transcript = {
  rows: noRows,
  turn: undefined,
  speechStartedAtMs: undefined,
  lastSpeechAtMs: 0,
  earlyCuts: new Map(),
  earlyLatencyMs: undefined,
};

export function transcriptOf(rows: readonly TranscriptRow[]): Transcript {
  return { ...emptyTranscript, rows: rowsOf(rows) };
}

export function reduceTranscript(transcript: Transcript, action: TranscriptAction): Transcript {
  switch (action.type) {
    case 'user_speech_started':
      return {
        ...transcript,
        speechStartedAtMs: action.atMs,
        lastSpeechAtMs: action.atMs,
        earlyLatencyMs: undefined,
      };
    case 'user_text':
      return withUserText(transcript, action);
    case 'user_typed':
      return withTypedText(transcript, action);
    case 'reply_text':
      return withReplyText(transcript, action);
    case 'reply_ended':
      return withReplyEnded(transcript, action.segmentId);
    case 'reply_cut':
      return withCut(transcript, action.segmentId, action);
    case 'reply_heard_first':
      return withLatency(transcript, action.latencyMs);
    case 'tool_started':
      return withRow(transcript, {
        kind: 'tool',
        id: action.id,
        name: action.name,
        title: action.title,
        input: action.input,
        status: 'running',
        startedAtMs: action.atMs,
      });
    case 'tool_finished': {
      const row = rowById(transcript.rows, action.id);
      if (row?.kind !== 'tool') return transcript;
      return withRow(transcript, { ...row, status: action.outcome, output: action.output });
    }
    case 'card_shown': {
      const row = rowById(transcript.rows, action.id);
      return row?.kind === 'tool' ? withRow(transcript, { ...row, card: action.card }) : transcript;
    }
    case 'notice':
      return withRow(transcript, {
        kind: 'notice',
        id: action.id,
        text: action.text,
        startedAtMs: action.atMs,
      });
    case 'settled':
      return settled(transcript);
  }
}

function withRow(transcript: Transcript, row: TranscriptRow): Transcript {
  return { ...transcript, rows: putRow(transcript.rows, row) };
}

function withUserText(
  transcript: Transcript,
  action: Extract<TranscriptAction, { type: 'user_text' }>,
): Transcript {
  const { segmentId, atMs } = action;
  const known = transcript.turn?.segments.has(segmentId) ?? false;
  if (!known && action.text.trim() === '') return transcript;
  const earlier = known ? undefined : rowById(transcript.rows, segmentId);
  if (earlier?.kind === 'utterance') {
    // A correction of a turn that is over.
    return withRow(transcript, { ...earlier, text: action.text.trim(), status: { kind: 'final' } });
  }
  const turn = addToTurn(transcript.turn, action, {
    startedAtMs: transcript.speechStartedAtMs ?? atMs,
    // Once somebody else has spoken, further words are a turn of their own.
    mayGrow: transcript.rows.list.at(-1)?.id === transcript.turn?.rowId,
  });
  const heard: Transcript = known ? transcript : { ...transcript, speechStartedAtMs: undefined };
  const text = textOfTurn(turn);
  if (text === '') return { ...heard, turn, rows: dropRow(heard.rows, turn.rowId) };
  return {
    ...heard,
    turn,
    rows: putRow(heard.rows, {
      kind: 'utterance',
      id: turn.rowId,
      speaker: 'user',
      via: 'voice',
      text,
      status: turnIsFinal(turn) ? { kind: 'final' } : { kind: 'interim' },
      startedAtMs: turn.startedAtMs,
    }),
  };
}

function withTypedText(
  transcript: Transcript,
  action: Extract<TranscriptAction, { type: 'user_typed' }>,
): Transcript {
  // What is typed stands behind all that is already there, whatever the agent's clock says.
  const lastStartMs = transcript.rows.list.at(-1)?.startedAtMs ?? 0;
  return withRow(transcript, {
    kind: 'utterance',
    id: action.id,
    speaker: 'user',
    via: 'text',
    text: action.text,
    status: { kind: 'final' },
    startedAtMs: Math.max(action.atMs, lastStartMs),
  });
}

function withReplyText(
  transcript: Transcript,
  action: Extract<TranscriptAction, { type: 'reply_text' }>,
): Transcript {
  const row = rowById(transcript.rows, action.segmentId);
  if (row) {
    // Words on their way when the reply was cut were not heard; the cut says what was.
    if (row.kind !== 'utterance' || row.status.kind === 'cut') return transcript;
    return withRow(transcript, { ...row, text: row.text + action.delta });
  }
  const earlyCut = transcript.earlyCuts.get(action.segmentId);
  if (earlyCut === undefined && action.delta.trim() === '') return transcript;
  const latencyMs = transcript.earlyLatencyMs;
  const begun = withRow(
    { ...transcript, earlyLatencyMs: undefined },
    {
      kind: 'utterance',
      id: action.segmentId,
      speaker: 'assistant',
      via: 'voice',
      text: action.delta.trimStart(),
      status: { kind: 'interim' },
      startedAtMs: action.atMs,
      ...(latencyMs === undefined ? {} : { latencyMs }),
    },
  );
  return earlyCut === undefined ? begun : withCut(begun, action.segmentId, earlyCut);
}

function withReplyEnded(transcript: Transcript, segmentId: string): Transcript {
  const row = rowById(transcript.rows, segmentId);
  if (row?.kind !== 'utterance' || row.status.kind !== 'interim') return transcript;
  return withRow(transcript, { ...row, status: { kind: 'final' } });
}

function withCut(transcript: Transcript, segmentId: string | undefined, cut: Cut): Transcript {
  const row =
    segmentId === undefined
      ? lastRow(transcript.rows, isReply)
      : rowById(transcript.rows, segmentId);
  if (
    row?.kind !== 'utterance' ||
    (segmentId === undefined && !mayBeCutAt(row, cut.heard ?? cut.unheard))
  ) {
    if (segmentId === undefined) return transcript;
    return { ...transcript, earlyCuts: new Map(transcript.earlyCuts).set(segmentId, cut) };
  }
  const earlyCuts = new Map(transcript.earlyCuts);
  earlyCuts.delete(row.id);
  const rest = { ...transcript, earlyCuts };
  const { heard, unheard } = dividedAt(row.text, cut);
  if (heard === '' && unheard === '') return { ...rest, rows: dropRow(rest.rows, row.id) };
  return withRow(rest, { ...row, text: heard, status: { kind: 'cut', unheard, by: cut.by } });
}

function dividedAt(shown: string, { heard, unheard }: Cut): { heard: string; unheard: string } {
  if (heard !== undefined) return { heard, unheard };
  const rest = unheard.startsWith(shown.trim()) ? unheard.slice(shown.trim().length).trim() : '';
  return { heard: shown.trim(), unheard: rest };
}

function withLatency(transcript: Transcript, latencyMs: number): Transcript {
  const row = lastRow(transcript.rows, isUtterance);
  const answers = row?.speaker === 'assistant' && row.startedAtMs >= transcript.lastSpeechAtMs;
  if (answers && row.latencyMs === undefined) return withRow(transcript, { ...row, latencyMs });
  return { ...transcript, earlyLatencyMs: latencyMs };
}

function settled(transcript: Transcript): Transcript {
  const list = transcript.rows.list.map((row): TranscriptRow => {
    if (row.kind === 'tool' && row.status === 'running') return { ...row, status: 'cancelled' };
    if (row.kind === 'utterance' && row.status.kind === 'interim') {
      return { ...row, status: { kind: 'final' } };
    }
    return row;
  });
  return { ...emptyTranscript, rows: { list, places: transcript.rows.places } };
}

function isUtterance(row: TranscriptRow): row is UtteranceRow {
  return row.kind === 'utterance';
}

function isReply(row: TranscriptRow): row is UtteranceRow {
  return row.kind === 'utterance' && row.speaker === 'assistant';
}

/** Whether a cut that names no reply can be of this one: it is still open, or begins with what was heard. */
function mayBeCutAt(row: UtteranceRow, heard: string): boolean {
  if (row.status.kind === 'interim') return true;
  if (row.status.kind === 'cut' || heard === '') return false;
  const common = Math.min(heard.length, row.text.length);
  return row.text.slice(0, common) === heard.slice(0, common);
}

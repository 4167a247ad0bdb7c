import type { CutCause } from '#protocol/events.ts';
import type { Card } from '#protocol/page-tools.ts';

export type Speaker = 'user' | 'assistant';

/** How far an utterance has come. A cut reply holds in `text` what was heard and in `unheard` what was dropped. */
export type UtteranceStatus =
  { kind: 'interim' } | { kind: 'final' } | { kind: 'cut'; unheard: string; by: CutCause };

export interface UtteranceRow {
  readonly kind: 'utterance';
  /** `lk.segment_id`; for a typed message, the id of its text stream. */
  readonly id: string;
  readonly speaker: Speaker;
  readonly via: 'voice' | 'text';
  readonly text: string;
  readonly status: UtteranceStatus;
  /** When the speech began, in ms since the epoch on this page's clock. Rows are ordered by it. */
  readonly startedAtMs: number;
  /** For a reply: from the end of the person's speech to its first sound in this page, in ms. */
  readonly latencyMs?: number;
}

export interface ToolRow {
  readonly kind: 'tool';
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** JSON of the arguments. */
  readonly input: string;
  readonly status: 'running' | 'done' | 'failed' | 'cancelled';
  readonly output?: string;
  /** What it showed. */
  readonly card?: Card;
  readonly startedAtMs: number;
}

/** Something that happened, said in the margin: an assistant came, a timer rang, the call was left. */
export interface NoticeRow {
  readonly kind: 'notice';
  readonly id: string;
  readonly text: string;
  readonly startedAtMs: number;
}

export type TranscriptRow = UtteranceRow | ToolRow | NoticeRow;

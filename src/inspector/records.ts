import type { CutCause, Usage } from '#protocol/events.ts';
import type { InterruptReason } from '#protocol/interrupt.ts';
import type { ProviderId } from '#protocol/provider.ts';
import type { Verdict } from '../barge-in/barge-in.ts';
import type { Clocks } from './clocks.ts';
import type { Span } from './spans.ts';

/** One version of what was understood of the person, when it reached the page. */
export interface WordsVersion {
  readonly atMs: number;
  readonly text: string;
  readonly final: boolean;
}

/** On the agent's clock. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly startedAtMs: number;
  readonly finishedAtMs?: number;
  readonly outcome?: 'done' | 'failed' | 'cancelled';
}

/** What the assistant says of a cut; `atMs` on its clock. */
export interface Cut {
  readonly atMs: number;
  readonly by: CutCause;
  readonly heard?: string;
  readonly unheard: string;
}

export interface Used {
  readonly provider: ProviderId;
  readonly model: string;
  readonly usage: Usage;
}

/** What is kept of one turn: what the person said, and what came of it. Raw: each time is on the clock of whoever told it. */
export interface Turn {
  /** From 1 on; numbers go on when the oldest turns are forgotten. */
  readonly number: number;
  /** Spoken, typed, or begun by the assistant itself: a greeting, a timer. */
  readonly via: 'voice' | 'text' | 'assistant';
  readonly provider: ProviderId | undefined;
  /** Which agent's clock its times are on. */
  readonly clock: number;
  /** Page: when it began, as far as the page can know without the agent. */
  readonly openedAtMs: number;
  /** Agent: when it heard the person speak. */
  readonly speech: readonly Span[];
  readonly segments: Readonly<Record<string, string>>;
  readonly words: readonly WordsVersion[];
  /** Agent. */
  readonly turnEndedAtMs?: number;
  readonly firstTokenAtMs?: number;
  readonly sound: readonly Span[];
  /** Page: the first of the reply that was to be read, and to be heard. */
  readonly replyAtMs?: number;
  readonly heardAtMs?: number;
  /** Page: from the end of speech in the microphone to the first sound of the answer. */
  readonly latencyMs?: number;
  readonly replySegments: readonly string[];
  readonly reply: string;
  readonly cut?: Cut;
  readonly tools: readonly ToolCall[];
  readonly used: readonly Used[];
}

/** Something that the page did to the sound of a reply. */
export interface PageAct {
  /** The number of the turn whose reply it was. */
  readonly turn: number;
  readonly atMs: number;
  readonly act: Verdict | InterruptReason;
  readonly sinceOnsetMs?: number | undefined;
}

/** The turns of a conversation, and what the page noticed all along. Never changed, only replaced. */
export interface TurnRecords {
  readonly turns: readonly Turn[];
  /** Agent: speech of which nothing has come yet. */
  readonly pending: readonly Span[];
  readonly clocks: Clocks;
  readonly provider: ProviderId | undefined;
  /** Page: speech in the microphone, and the assistant's sound as it left the page. */
  readonly speech: readonly Span[];
  readonly sound: readonly Span[];
  readonly acts: readonly PageAct[];
  /** Already on the page's clock: whether a metered provider is given the microphone. */
  readonly gate: readonly Span[];
}

/** How many turns are kept, and of the rest as much as such turns have at most. */
export const mostTurns = 500;
export const mostSpans = 4000;
export const mostVersions = 60;
export const longestText = 4000;

export const noRecords: TurnRecords = {
  turns: [],
  pending: [],
  clocks: [],
  provider: undefined,
  speech: [],
  sound: [],
  acts: [],
  gate: [],
};

/** Whether anything of an answer has come. */
export function isAnswered(turn: Turn): boolean {
  return (
    turn.turnEndedAtMs !== undefined ||
    turn.firstTokenAtMs !== undefined ||
    turn.replyAtMs !== undefined ||
    turn.sound.length > 0 ||
    turn.tools.length > 0
  );
}

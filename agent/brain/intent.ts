import type { Utterance } from './utterance.ts';

/** What is to be done about an utterance: a tool, or words of our own. */
export type Intent =
  | { readonly tool: string; readonly args: Readonly<Record<string, unknown>> }
  | { readonly say: string };

/** A tool call of this conversation with its plain result, if it has ended. */
export interface PastCall {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly result: Readonly<Record<string, unknown>>;
}

/** What came before, as far as it helps to understand. Derived from the chat, so nothing is kept beside it. */
export interface Past {
  /** Calls of the latest reply that made any, newest last. */
  readonly lastCalls: readonly PastCall[];
  /** Everything that was remembered in this chat. */
  readonly remembered: readonly string[];
  /** How many replies the assistant has made: lets wording vary without chance. */
  readonly replies: number;
}

/** Understands one family of requests; undefined for all others. Pure. */
export type Recogniser = (utterance: Utterance) => Intent | undefined;

import type { Item, Part } from './conversation.ts';
import type { SessionSettings } from './settings.ts';
import type { Usage } from './usage.ts';

/** One event of the service, without its `event_id`. */
export interface WireEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface ResponseState {
  readonly id: string;
  readonly status: 'in_progress' | 'completed' | 'cancelled' | 'failed' | 'incomplete';
  readonly statusDetails: object | null;
  readonly output: readonly Item[];
  readonly usage: Usage | undefined;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly settings: SessionSettings;
}

/** How one service calls things on its wire. */
export interface Dialect {
  readonly names: {
    readonly text: string;
    readonly audio: string;
    readonly transcript: string;
  };
  item(item: Item): object;
  part(part: Part): object;
  response(response: ResponseState): object;
  /** An item has come into being, finished or not. */
  itemAdded(item: Item, previousItemId: string | null): readonly WireEvent[];
  /** An item is finished. */
  itemDone(item: Item, previousItemId: string | null): readonly WireEvent[];
  /** What writing down `durationMs` of speech cost, where the service tells. */
  transcriptionUsage(durationMs: number, transcript: string): object;
  /** Shapes of the mouth for spoken words. */
  visemes(word: {
    text: string;
    startMs: number;
    endMs: number;
  }): readonly { id: number; atMs: number }[];
}

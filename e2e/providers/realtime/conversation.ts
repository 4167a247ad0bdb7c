import type { SpokenWord } from '../mind/mind.ts';
import { newId } from './ids.ts';
import { WireError } from './wire-error.ts';

export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

export interface TextPart {
  readonly kind: 'text';
  text: string;
}
/** What the person said. */
export interface HeardPart {
  readonly kind: 'heard';
  readonly durationMs: number;
  /** Undefined until the mind has made it out. */
  transcript: string | undefined;
}
/** What the assistant said. */
export interface SpokenPart {
  readonly kind: 'spoken';
  transcript: string;
  words: SpokenWord[];
  durationMs: number;
  truncated: boolean;
}
/** What the person shows. */
export interface PicturePart {
  readonly kind: 'picture';
  readonly jpeg: Buffer;
}
export type Part = TextPart | HeardPart | SpokenPart | PicturePart;

interface Identified {
  readonly id: string;
  status: ItemStatus;
}
export interface MessageItem extends Identified {
  readonly type: 'message';
  readonly role: 'user' | 'assistant' | 'system';
  readonly parts: Part[];
}
export interface FunctionCallItem extends Identified {
  readonly type: 'function_call';
  readonly name: string;
  readonly callId: string;
  /** JSON. */
  readonly arguments: string;
}
export interface FunctionCallOutputItem extends Identified {
  readonly type: 'function_call_output';
  readonly callId: string;
  readonly output: string;
}
export interface McpListToolsItem extends Identified {
  readonly type: 'mcp_list_tools';
  readonly serverLabel: string;
  tools: readonly { name: string; description?: string; inputSchema: unknown }[];
}
export interface McpCallItem extends Identified {
  readonly type: 'mcp_call';
  readonly serverLabel: string;
  readonly name: string;
  readonly arguments: string;
  readonly approvalRequestId: string | null;
  output: string | null;
  error: string | null;
}
export interface McpApprovalRequestItem extends Identified {
  readonly type: 'mcp_approval_request';
  readonly serverLabel: string;
  readonly name: string;
  readonly arguments: string;
}
export interface McpApprovalResponseItem extends Identified {
  readonly type: 'mcp_approval_response';
  readonly approvalRequestId: string;
  readonly approve: boolean;
}
export type Item =
  | MessageItem
  | FunctionCallItem
  | FunctionCallOutputItem
  | McpListToolsItem
  | McpCallItem
  | McpApprovalRequestItem
  | McpApprovalResponseItem;

/** One thing that the service holds for true of the conversation, oldest first. */
export type Belief =
  | {
      readonly type: 'message';
      readonly id: string;
      readonly role: MessageItem['role'];
      readonly text: string;
    }
  | { readonly type: 'call'; readonly name: string; readonly arguments: string }
  | { readonly type: 'result'; readonly output: string };

/** The items of one session, in order: what the model knows. */
export class Conversation {
  readonly #items: Item[] = [];

  get items(): readonly Item[] {
    return this.#items;
  }

  get lastId(): string | null {
    return this.#items.at(-1)?.id ?? null;
  }

  /** Puts an item after another (`root`: first; undefined: last). Gives the id of the one before it. */
  add(item: Item, previousItemId?: string | null): string | null {
    if (this.#items.some(({ id }) => id === item.id)) {
      throw new WireError(
        'item_create_duplicate_id',
        `Error adding item: an item with ID '${item.id}' already exists.`,
        { param: 'item.id' },
      );
    }
    const at = this.#placeAfter(previousItemId);
    this.#items.splice(at, 0, item);
    return this.#items[at - 1]?.id ?? null;
  }

  /** Throws the error that this operation gives for an item that does not exist. */
  get(id: string, operation: 'retrieve' | 'truncate' | 'delete'): Item {
    const item = this.#items.find((one) => one.id === id);
    if (item) return item;
    throw new WireError(
      `item_${operation}_invalid_item_id`,
      `Error in conversation.item.${operation}: the item with id '${id}' does not exist.`,
      { param: 'item_id' },
    );
  }

  /** The finished form of an item; nothing where the client has deleted it meanwhile. */
  replace(item: Item): void {
    const at = this.#items.findIndex(({ id }) => id === item.id);
    if (at >= 0) this.#items[at] = item;
  }

  remove(id: string): void {
    this.#items.splice(this.#items.indexOf(this.get(id, 'delete')), 1);
  }

  /** Drops what was not heard from the item, and so from what the model knows. `appended` is told to the model instead. */
  truncate(id: string, contentIndex: number, audioEndMs: number, appended = ''): void {
    const item = this.get(id, 'truncate');
    if (item.type !== 'message' || item.role !== 'assistant') {
      throw new WireError(
        'invalid_item_type',
        'Only model output audio messages can be truncated.',
        { param: 'item_id' },
      );
    }
    const part = item.parts[contentIndex];
    if (part?.kind !== 'spoken') {
      throw new WireError('invalid_value', 'There is no audio content at this index.', {
        param: 'content_index',
      });
    }
    if (audioEndMs > Math.ceil(part.durationMs)) {
      throw new WireError(
        'invalid_value',
        `Audio content of ${Math.floor(part.durationMs)}ms is already shorter than ${audioEndMs}ms`,
        { param: 'audio_end_ms' },
      );
    }
    part.words = part.words.filter(({ startMs, endMs }) => (startMs + endMs) / 2 <= audioEndMs);
    part.transcript = part.words
      .map(({ text }) => text)
      .join('')
      .concat(appended);
    part.durationMs = audioEndMs;
    part.truncated = true;
  }

  believes(): readonly Belief[] {
    return this.#items.flatMap((item): Belief[] => {
      switch (item.type) {
        case 'message':
          return [{ type: 'message', id: item.id, role: item.role, text: textOf(item) }];
        case 'function_call':
          return [{ type: 'call', name: item.name, arguments: item.arguments }];
        case 'mcp_call':
          return [
            { type: 'call', name: item.name, arguments: item.arguments },
            { type: 'result', output: item.output ?? item.error ?? '' },
          ];
        case 'function_call_output':
          return [{ type: 'result', output: item.output }];
        default:
          return [];
      }
    });
  }

  #placeAfter(previousItemId: string | null | undefined): number {
    if (previousItemId === undefined || previousItemId === null) return this.#items.length;
    if (previousItemId === 'root') return 0;
    const index = this.#items.findIndex(({ id }) => id === previousItemId);
    if (index >= 0) return index + 1;
    throw new WireError(
      'item_create_invalid_previous_item_id',
      `Error adding item: the previous item with id '${previousItemId}' does not exist.`,
      { param: 'previous_item_id' },
    );
  }
}

/** The words of a message as the model knows them. */
export function textOf(item: MessageItem): string {
  return item.parts
    .map((part) => {
      if (part.kind === 'picture') return '';
      return part.kind === 'text' ? part.text : (part.transcript ?? '');
    })
    .join(' ')
    .trim();
}

export function isShown(item: Item): item is MessageItem {
  return item.type === 'message' && item.parts.some(({ kind }) => kind === 'picture');
}

/** A message of the service's own making. */
export function newMessage(role: MessageItem['role'], status: ItemStatus = 'completed') {
  return { id: newId('item'), type: 'message', role, status, parts: [] } satisfies MessageItem;
}

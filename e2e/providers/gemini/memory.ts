import type { Remembered } from '../mind/mind.ts';

/** One thing that the service holds for true of the conversation, oldest first. */
export type Belief =
  | { readonly type: 'message'; readonly role: 'user' | 'assistant'; readonly text: string }
  | { readonly type: 'call'; readonly name: string; readonly arguments: string }
  | { readonly type: 'result'; readonly output: string };

export interface Message {
  readonly role: 'user' | 'assistant';
  text: string;
}
export interface Call {
  readonly role: 'tool';
  readonly id: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  output: string | undefined;
}
type Entry = Message | Call;

/** What the model knows of one conversation. */
export class Memory {
  readonly #entries: Entry[];

  constructor(entries: readonly Entry[] = []) {
    this.#entries = entries.map((entry) => ({ ...entry }));
  }

  add<E extends Entry>(entry: E): E {
    this.#entries.push(entry);
    return entry;
  }

  /** As a handle of session resumption brings it back. */
  copy(): Memory {
    return new Memory(this.#entries);
  }

  /** What was said since the last answer, and what came before that. */
  open(): { readonly text: string | undefined; readonly history: readonly Remembered[] } {
    const from = this.#entries.findLastIndex(({ role }) => role !== 'user') + 1;
    const open = this.#entries
      .slice(from)
      .flatMap((entry) => ('text' in entry ? [entry.text] : []));
    return {
      text: open.length > 0 ? open.join(' ') : undefined,
      history: this.#entries.slice(0, from).filter(hasSense),
    };
  }

  believes(): readonly Belief[] {
    return this.#entries.filter(hasSense).flatMap((entry): Belief[] => {
      if (entry.role !== 'tool') {
        return [{ type: 'message', role: entry.role, text: entry.text.trim() }];
      }
      const { name, output } = entry;
      const call: Belief = { type: 'call', name, arguments: JSON.stringify(entry.arguments) };
      return output === undefined ? [call] : [call, { type: 'result', output }];
    });
  }
}

/** Marks alone say nothing: a full stop may stand for "go on". */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function hasSense(entry: Entry): boolean {
  return entry.role === 'tool' || hasWords(entry.text);
}

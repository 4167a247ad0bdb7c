import { llm } from '@livekit/agents';

/** One place in the conversation. Items that the framework has no word for (MCP) keep theirs without content. */
interface Entry {
  readonly id: string;
  readonly item: llm.ChatItem | undefined;
  /** Whose doing it is. */
  readonly by: 'service' | 'client';
  /** `sound`: it can be cut at a time; `text`: it can only be replaced. */
  form: 'sound' | 'text';
  /** The person's words are still being written down: it says nothing yet, but is there. */
  isUnwritten: boolean;
}

/** What the service and this side have made of the conversation so far, in its order. */
export class Conversation {
  #entries: Entry[] = [];

  get chatCtx(): llm.ChatContext {
    return new llm.ChatContext(this.#entries.flatMap(({ item }) => item ?? []));
  }

  /** Everything, in order; what is unwritten included. */
  get items(): readonly llm.ChatItem[] {
    return this.#entries.flatMap(({ item }) => item ?? []);
  }

  /** Whether nothing that the framework knows comes after this place (null: the beginning). */
  isEnd(after: string | null): boolean {
    const place = this.#entries.findIndex(({ id }) => id === after);
    return this.#entries.slice(place + 1).every(({ item }) => item === undefined);
  }

  has(id: string): boolean {
    return this.#entry(id) !== undefined;
  }

  /** Whether it can be cut at a time. */
  isSound(id: string): boolean {
    return this.#entry(id)?.form === 'sound';
  }

  /** Must not be taken away for not being known elsewhere. */
  isUnwritten(id: string): boolean {
    return this.#entry(id)?.isUnwritten ?? false;
  }

  /** `after`: undefined at the end, null at the beginning. Does nothing where it is there already. */
  insert(
    id: string,
    item: llm.ChatItem | undefined,
    place: {
      readonly after: string | null | undefined;
      readonly by: Entry['by'];
      readonly isUnwritten?: boolean;
    },
  ): void {
    if (this.has(id)) return;
    const before = this.#entries.findIndex((entry) => entry.id === place.after);
    const index = place.after === null ? 0 : before === -1 ? this.#entries.length : before + 1;
    this.#entries.splice(index, 0, {
      id,
      item,
      by: place.by,
      form: 'text',
      isUnwritten: place.isUnwritten ?? false,
    });
  }

  delete(id: string): void {
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
  }

  sounded(id: string): void {
    const entry = this.#entry(id);
    if (entry) entry.form = 'sound';
  }

  /** The words of a message as they are known now. */
  say(id: string, text: string): void {
    const entry = this.#entry(id);
    if (entry?.item?.type !== 'message') return;
    entry.item.content = text === '' ? [] : [text];
    entry.isUnwritten = false;
  }

  /** A call is announced before its arguments are known. */
  completeCall(id: string, call: llm.FunctionCall): void {
    const item = this.#entry(id)?.item;
    if (item?.type === 'function_call') item.args = call.args;
  }

  /**
   * The service has forgotten everything. What is told to the next one, in order: no words that are unknown, no results
   * without their call, and no call that nobody will give a result to.
   */
  startAnew(): readonly llm.ChatItem[] {
    this.#entries = this.#entries.filter(
      ({ item, isUnwritten }) =>
        !isUnwritten && item && !(item.type === 'message' && item.content.length === 0),
    );
    const calls = new Set<string>();
    const results = new Set<string>();
    for (const { item } of this.#entries) {
      if (item?.type === 'function_call') calls.add(item.callId);
      if (item?.type === 'function_call_output' && calls.has(item.callId)) results.add(item.callId);
    }
    this.#entries = this.#entries.filter(({ item, by }) => {
      if (item?.type === 'function_call_output') return results.has(item.callId);
      return item?.type !== 'function_call' || results.has(item.callId) || by === 'service';
    });
    for (const entry of this.#entries) entry.form = 'text';
    return this.items;
  }

  #entry(id: string): Entry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }
}

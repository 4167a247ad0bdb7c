import { llm } from '@livekit/agents';
import type { Generation } from './generation.ts';

/** What an update of the conversation brings that was not known. */
interface Update {
  /** Words of the user that the model has not heard. */
  readonly words: readonly string[];
  readonly results: readonly llm.FunctionCallOutput[];
  /** Whether something else differs from what the model was told. */
  readonly rewritten: boolean;
}

/** The conversation as this side knows it: it goes to the next connection, and wins over what the service believes. */
export class Memory {
  #chatCtx = llm.ChatContext.empty();
  /** Replies of the present connection, by message. */
  readonly #replies = new Map<string, Generation>();
  /** How much of a reply was heard, where it was cut. */
  readonly #heard = new Map<string, string>();

  /** A copy, with what the service told of its replies since. */
  get chatCtx(): llm.ChatContext {
    const told = [...this.#replies].map(([id, { text }]) => [id, text] as const);
    const copy = this.#chatCtx.copy();
    for (const [id, text] of new Map([...told, ...this.#heard])) write(copy, id, text);
    return copy;
  }

  userSaid(itemId: string, text: string): void {
    if (!text || this.#chatCtx.getById(itemId)) return;
    this.#chatCtx.items.push(llm.ChatMessage.create({ role: 'user', content: text, id: itemId }));
  }

  replied(generation: Generation): void {
    if (!generation.hasWords) return;
    this.#replies.set(generation.id, generation);
    const { id, text } = generation;
    if (this.#chatCtx.getById(id)) return;
    this.#chatCtx.items.push(llm.ChatMessage.create({ role: 'assistant', content: text, id }));
  }

  /** A reply was cut after these words. */
  cut(messageId: string, heard: string): void {
    this.#heard.set(messageId, heard);
  }

  /** Whether the service believes to have said more than was heard, or less. */
  get isMisbelieved(): boolean {
    return [...this.#replies].some(([id, generation]) => {
      const heard = this.#heard.get(id);
      return heard !== undefined && words(heard) !== words(generation.text);
    });
  }

  /** A new connection was told all this, so it believes what was heard. */
  told(): void {
    this.#chatCtx = this.chatCtx;
    this.#replies.clear();
    this.#heard.clear();
  }

  /** Takes over the framework's view, and says what is new in it. */
  update(next: llm.ChatContext): Update {
    const before = this.chatCtx;
    const added = next.items.filter(({ id }) => !before.getById(id));
    const spoken = (chatCtx: llm.ChatContext) =>
      chatCtx.items.filter((item) => item.type === 'message');
    const gone = spoken(before).some(({ id }) => !next.getById(id));
    const changed = spoken(next).some((message) => {
      const known = before.getById(message.id);
      if (known?.type !== 'message') return false;
      return words(known.textContent ?? '') !== words(message.textContent ?? '');
    });
    const notHeard = added.some((item) => item.type === 'message' && item.role !== 'user');
    this.#chatCtx = next.copy();
    for (const { id } of before.items) if (!next.getById(id)) this.#replies.delete(id);
    return {
      words: added.flatMap((item) =>
        item.type === 'message' && item.role === 'user' ? [item.textContent ?? ''] : [],
      ),
      results: added.filter((item) => item.type === 'function_call_output'),
      rewritten: gone || changed || notHeard,
    };
  }
}

/** Of a reply of which nothing was heard there is no message. */
function write(chatCtx: llm.ChatContext, id: string, text: string): void {
  const item = chatCtx.getById(id);
  if (item?.type !== 'message') return;
  if (text) item.content = [text];
  else chatCtx.remove(id);
}

function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

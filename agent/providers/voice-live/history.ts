import { llm } from '@livekit/agents';
import { randomUUID } from 'node:crypto';
import { Acknowledgements } from './acknowledgements.ts';
import { imagesOf, toChatItem, toNewItem } from './chat-items.ts';
import { Conversation } from './conversation.ts';
import { ItemIds } from './item-ids.ts';
import type { ClientEvent } from './wire/client-events.ts';
import type { NewItem, WireItem } from './wire/items.ts';

interface HistoryOptions {
  readonly send: (event: ClientEvent) => void;
  /** Whether the service has been told of the conversation so far. */
  readonly isTold: () => boolean;
  /** Items that must stay although the framework does not know them (yet). */
  readonly isKept: (id: string) => boolean;
}

interface Cut {
  readonly messageId: string;
  readonly heardMs: number;
  readonly heardText: string | undefined;
}

const acknowledgementTimeoutMs = 5_000;
/** The framework's name for an agent's instructions within a chat. */
const instructionsId = 'lk.agent_task.instructions';

/** Keeps the conversation at the service and the one of the framework the same. */
export class History {
  readonly #options: HistoryOptions;
  readonly #conversation = new Conversation();
  readonly #ids = new ItemIds();
  readonly #images = new Map<string, Awaited<ReturnType<typeof imagesOf>>>();
  /** Notes of the application's own, which the framework's chat does not have. */
  readonly #notes = new Set<string>();
  readonly #sounds = new Map<string, { receivedMs: number; contentIndex: number }>();
  readonly #created = new Acknowledgements<undefined>(acknowledgementTimeoutMs);
  readonly #deleted = new Acknowledgements<undefined>(acknowledgementTimeoutMs);
  readonly #retrieved = new Acknowledgements<WireItem>(acknowledgementTimeoutMs);

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  get chatCtx(): llm.ChatContext {
    return this.#conversation.chatCtx;
  }

  /**
   * Makes the service's conversation the one of the framework. Before there is a connection it is only noted. Throws a
   * `RealtimeError` where the service does not agree in time.
   */
  async update(wanted: llm.ChatContext): Promise<void> {
    const target = wanted.copy({ excludeHandoff: true, excludeConfigUpdate: true });
    target.items = target.items.filter(({ id }) => id !== instructionsId);
    for (const item of target.items) {
      const images = await imagesOf(item);
      if (images.length > 0) this.#images.set(item.id, images);
    }
    const { toRemove, toCreate, toUpdate } = llm.computeChatCtxDiff(this.chatCtx, target);
    const answers: Promise<unknown>[] = [];
    for (const id of toRemove) if (!this.#isKept(id)) answers.push(this.#delete(id));
    for (const [, id] of toUpdate) {
      if (this.#isKept(id) || this.#saysTheSame(id, target)) continue;
      answers.push(this.#delete(id));
    }
    for (const [after, id] of [...toCreate, ...toUpdate]) {
      const item = target.getById(id);
      if (item && !this.#conversation.has(id)) answers.push(this.#create(item, after));
    }
    const failed = (await Promise.allSettled(answers)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  /** Tells a service that knows nothing. */
  retell(): void {
    this.lost();
    this.#sounds.clear();
    for (const item of this.#conversation.startAnew()) {
      const newItem = this.#newItem(item);
      if (newItem)
        this.#options.send({
          type: 'conversation.item.create',
          event_id: newEventId(),
          item: newItem,
        });
    }
  }

  lost(): void {
    for (const waiting of [this.#created, this.#deleted, this.#retrieved])
      waiting.refuseAll('The connection to Azure Voice Live was lost.');
  }

  /** Puts an item at the end. Resolves when the service has it. */
  async add(item: NewItem): Promise<void> {
    const id = item.id ?? `item_${randomUUID().replaceAll('-', '').slice(0, 24)}`;
    this.#notes.add(id);
    await this.#sendCreate({ ...item, id }, undefined);
  }

  async delete(id: string): Promise<void> {
    await this.#delete(id);
  }

  async retrieve(id: string): Promise<WireItem> {
    const eventId = newEventId();
    const item = this.#retrieved.of(id, eventId);
    const wireId = this.#ids.toWire(id);
    this.#options.send({ type: 'conversation.item.retrieve', event_id: eventId, item_id: wireId });
    return item;
  }

  /** Makes of a message what was heard of it. */
  cut({ messageId, heardMs, heardText }: Cut): void {
    if (!this.#conversation.has(messageId)) return;
    const sound = this.#sounds.get(messageId);
    const endMs = Math.floor(Math.min(heardMs, sound?.receivedMs ?? 0));
    if (this.#conversation.isSound(messageId) && sound) {
      // The service takes no cut at 0: what was not heard at all is taken out.
      if (endMs <= 0) {
        void this.#delete(messageId).catch(() => undefined);
        return;
      }
      this.#options.send({
        type: 'conversation.item.truncate',
        item_id: this.#ids.toWire(messageId),
        content_index: sound.contentIndex,
        audio_end_ms: endMs,
      });
      this.#conversation.say(messageId, heardText ?? '');
      return;
    }
    if (heardText === undefined) return;
    const before = this.#conversation.chatCtx;
    const item = before.getById(messageId);
    const after = before.items[before.items.findIndex(({ id }) => id === messageId) - 1];
    void this.#delete(messageId).catch(() => undefined);
    if (item?.type !== 'message' || heardText === '') return;
    const heard = llm.ChatMessage.create({ id: item.id, role: item.role, content: heardText });
    void this.#create(heard, after?.id ?? null).catch(() => undefined);
  }

  /** Where somebody else does the cutting. */
  said(id: string, text: string): void {
    this.#conversation.say(id, text);
  }

  sounded(id: string, receivedMs: number, contentIndex: number): void {
    this.#conversation.sounded(id);
    this.#sounds.set(id, { receivedMs, contentIndex });
  }

  /** A turn of the person, of which the words are not known yet. */
  heard(id: string): void {
    const item = llm.ChatMessage.create({ id, role: 'user', content: [] });
    this.#conversation.insert(id, item, { after: undefined, by: 'service', isUnwritten: true });
  }

  /** From the service: by a reply of its own, or as the answer to us. */
  itemCreated(item: WireItem, after: string | null | undefined): void {
    const id = this.#ids.fromWire(item.id);
    const chatItem = toChatItem(item);
    const isUnwritten =
      chatItem?.type === 'message' && chatItem.role === 'user' && chatItem.content.length === 0;
    this.#conversation.insert(id, chatItem, {
      after: after ? this.#ids.fromWire(after) : undefined,
      by: 'service',
      isUnwritten,
    });
    if (chatItem?.type === 'function_call') this.#conversation.completeCall(id, chatItem);
    this.#created.acknowledge(id, undefined);
  }

  itemDeleted(wireId: string): void {
    const id = this.#ids.fromWire(wireId);
    this.#conversation.delete(id);
    this.#deleted.acknowledge(id, undefined);
  }

  itemRetrieved(item: WireItem): void {
    this.#retrieved.acknowledge(this.#ids.fromWire(item.id), item);
  }

  /** Whether somebody waited for what the service has refused. */
  refused(eventId: string, message: string): boolean {
    return [this.#created, this.#deleted, this.#retrieved].some((waiting) =>
      waiting.refuse(eventId, message),
    );
  }

  #isKept(id: string): boolean {
    return this.#conversation.isUnwritten(id) || this.#notes.has(id) || this.#options.isKept(id);
  }

  #saysTheSame(id: string, target: llm.ChatContext): boolean {
    const [here, there] = [this.chatCtx.getById(id), target.getById(id)];
    if (here?.type !== 'message' || there?.type !== 'message') return true;
    // What the person said stays as the service has heard it.
    if (here.role === 'user') return true;
    return words(here) === words(there);
  }

  async #create(item: llm.ChatItem, after: string | null): Promise<void> {
    const newItem = this.#newItem(item);
    if (!newItem) return;
    const atEnd = this.#conversation.isEnd(after);
    // A copy: the words of a message change here, and must not change for the framework.
    const own =
      item.type === 'message'
        ? llm.ChatMessage.create({ id: item.id, role: item.role, content: [...item.content] })
        : item;
    this.#conversation.insert(item.id, own, { after: atEnd ? undefined : after, by: 'client' });
    if (!this.#options.isTold()) return;
    const place = atEnd ? undefined : after === null ? 'root' : this.#ids.toWire(after);
    await this.#sendCreate(newItem, place);
  }

  async #sendCreate(item: NewItem & { id?: string }, place: string | undefined): Promise<void> {
    const eventId = newEventId();
    const id = this.#ids.fromWire(item.id ?? '');
    const answer = this.#created.of(id, eventId);
    this.#options.send({
      type: 'conversation.item.create',
      event_id: eventId,
      ...(place === undefined ? {} : { previous_item_id: place }),
      item,
    });
    try {
      await answer;
    } catch (error) {
      if (this.#options.isTold()) this.#conversation.delete(id);
      throw error;
    }
  }

  async #delete(id: string): Promise<void> {
    this.#conversation.delete(id);
    if (!this.#options.isTold()) return;
    const eventId = newEventId();
    const answer = this.#deleted.of(id, eventId);
    const wireId = this.#ids.toWire(id);
    this.#options.send({ type: 'conversation.item.delete', event_id: eventId, item_id: wireId });
    await answer;
  }

  #newItem(item: llm.ChatItem): NewItem | undefined {
    return toNewItem(item, this.#ids.toWire(item.id), this.#images.get(item.id));
  }
}

function words(message: llm.ChatMessage): string {
  return (message.textContent ?? '').replace(/\s+/gu, ' ').trim();
}

function newEventId(): string {
  return `event_${randomUUID()}`;
}

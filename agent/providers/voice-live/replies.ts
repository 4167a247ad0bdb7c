import { Future, llm } from '@livekit/agents';
import { randomUUID } from 'node:crypto';
import { Generation } from './generation.ts';
import type { MessageSetup } from './message.ts';
import type { ClientEvent, ReplyOptions } from './wire/client-events.ts';
import type { WireResponse } from './wire/server-events.ts';

/** A reply that was asked for and has not begun. */
interface Asked {
  readonly id: string;
  readonly options: ReplyOptions;
  /** Absent where nobody waits for it: its generation is told to all, or it takes up one that was begun before. */
  readonly begun: Future<llm.GenerationCreatedEvent> | undefined;
  readonly takesUp: Generation | undefined;
  readonly timer: NodeJS.Timeout | undefined;
  /** Refused because another reply was being made; asked again after that. */
  waits: boolean;
}

interface RepliesOptions {
  readonly send: (event: ClientEvent) => void;
  readonly setup: () => MessageSetup;
  readonly onGeneration: (event: llm.GenerationCreatedEvent) => void;
  /** None began in time, or one did not go on. */
  readonly onTimeout: () => void;
  readonly replyTimeoutMs: number;
  readonly stallTimeoutMs: number;
}

/** Which replies were asked for, which are being made, and which belongs to whom. */
export class Replies {
  readonly #options: RepliesOptions;
  readonly #asked: Asked[] = [];
  readonly #unwanted = new Set<string>();
  readonly #running = new Map<string, Generation>();
  #stall: NodeJS.Timeout | undefined;
  /** Whether this service gives back the metadata of a request. Unknown until it has done so. */
  #echoesMetadata = false;

  constructor(options: RepliesOptions) {
    this.#options = options;
  }

  get isIdle(): boolean {
    return this.#running.size === 0 && this.#asked.length === 0;
  }

  get isRunning(): boolean {
    return this.#running.size > 0;
  }

  /** Whether this message is of a reply that is being made. */
  isMaking(messageId: string): boolean {
    return [...this.#running.values()].some(
      (generation) => generation.isOpen && generation.messages.has(messageId),
    );
  }

  running(responseId: string): Generation | undefined {
    const generation = this.#running.get(responseId);
    return generation?.isOpen ? generation : undefined;
  }

  /** Asks for a reply. Rejects with a `RealtimeError` where none begins in time, or the signal is aborted. */
  ask(options: ReplyOptions, signal?: AbortSignal): Promise<llm.GenerationCreatedEvent> {
    const begun = new Future<llm.GenerationCreatedEvent>();
    const id = this.#ask(options, begun, undefined);
    const abandon = () => this.#abandon(id, 'The reply was not wanted any more.');
    if (signal?.aborted) abandon();
    else signal?.addEventListener('abort', abandon, { once: true });
    return begun.await.finally(() => signal?.removeEventListener('abort', abandon));
  }

  /** Asks for a reply that is told as if the service had begun it by itself. */
  askForAll(options: ReplyOptions = {}): void {
    this.#ask(options, undefined, undefined);
  }

  created(response: WireResponse): void {
    const echoed = response.metadata?.['client_event_id'];
    if (typeof echoed === 'string') {
      this.#echoesMetadata = true;
      if (this.#unwanted.delete(echoed)) {
        this.#options.send({ type: 'response.cancel', response_id: response.id });
        return;
      }
    }
    const asked = this.#takeAsked(echoed);
    const generation =
      asked?.takesUp ??
      new Generation(response.id, asked?.begun !== undefined, this.#options.setup());
    this.#running.set(response.id, generation);
    this.goesOn();
    if (asked?.takesUp) return;
    asked?.begun?.resolve(generation.created);
    this.#options.onGeneration(generation.created);
  }

  /** A reply that is being made has shown a sign of life. */
  goesOn(): void {
    clearTimeout(this.#stall);
    if (this.#running.size === 0) return;
    this.#stall = setTimeout(() => {
      this.interrupt();
      this.#options.onTimeout();
    }, this.#options.stallTimeoutMs);
  }

  /** The generation that has ended by this. */
  done(response: WireResponse): Generation | undefined {
    const generation = this.#running.get(response.id);
    this.#running.delete(response.id);
    for (const item of response.output ?? []) generation?.itemDone(item);
    generation?.end();
    this.goesOn();
    const next = this.#running.size === 0 ? this.#asked.find(({ waits }) => waits) : undefined;
    if (next) this.#sendAsked(next);
    return generation;
  }

  /** Cuts what is being said; the service is told of each. */
  interrupt(): void {
    for (const [responseId, generation] of this.#running) {
      if (!generation.isOpen) continue;
      generation.cut();
      this.#options.send({ type: 'response.cancel', response_id: responseId });
    }
  }

  /** An error that the service gave for one of our events. True where it is mended by itself. */
  refused(eventId: string, code: string | undefined, message: string): boolean {
    const asked = this.#asked.find(({ id }) => id === eventId);
    if (!asked) return false;
    if (code === 'conversation_already_has_active_response') {
      asked.waits = true;
      if (this.#running.size === 0) this.#sendAsked(asked);
      return true;
    }
    this.#drop(asked);
    asked.takesUp?.end();
    asked.begun?.reject(new llm.RealtimeError(message));
    return false;
  }

  /** The connection is gone. What had been begun unnoticed is begun again over the next one. */
  lost(): void {
    const running = [...this.#running.values()];
    this.#running.clear();
    this.goesOn();
    this.#unwanted.clear();
    for (const generation of running) {
      if (generation.isUntouched) this.#ask({}, undefined, generation);
      else generation.end();
    }
  }

  /** Asks again for all that was asked for. */
  resend(): void {
    for (const asked of this.#asked) this.#sendAsked(asked);
  }

  close(): void {
    for (const asked of [...this.#asked]) {
      this.#drop(asked);
      asked.takesUp?.cut();
      asked.begun?.reject(new llm.RealtimeError('The session was closed.'));
    }
    for (const generation of this.#running.values()) generation.cut();
    this.#running.clear();
    this.goesOn();
  }

  #ask(options: ReplyOptions, begun: Asked['begun'], takesUp: Generation | undefined): string {
    const id = `reply_${randomUUID()}`;
    const timer = setTimeout(() => {
      this.#options.onTimeout();
      this.#abandon(id, 'Azure Voice Live began no reply in time.');
    }, this.#options.replyTimeoutMs);
    const asked: Asked = { id, options, begun, takesUp, timer, waits: false };
    this.#asked.push(asked);
    this.#sendAsked(asked);
    return id;
  }

  #sendAsked(asked: Asked): void {
    asked.waits = false;
    this.#options.send({
      type: 'response.create',
      event_id: asked.id,
      response: { ...asked.options, metadata: { client_event_id: asked.id } },
    });
  }

  #abandon(id: string, why: string): void {
    const asked = this.#asked.find((one) => one.id === id);
    if (!asked) return;
    this.#drop(asked);
    this.#unwanted.add(id);
    asked.takesUp?.end();
    asked.begun?.reject(new llm.RealtimeError(why));
  }

  #drop(asked: Asked): void {
    clearTimeout(asked.timer);
    this.#asked.splice(this.#asked.indexOf(asked), 1);
  }

  /** By what the service echoes; from a service that does not, the oldest that was asked for. */
  #takeAsked(echoed: unknown): Asked | undefined {
    const asked =
      typeof echoed === 'string' || this.#echoesMetadata
        ? this.#asked.find(({ id }) => id === echoed)
        : this.#asked.find(({ waits }) => !waits);
    if (asked) this.#drop(asked);
    return asked;
  }
}

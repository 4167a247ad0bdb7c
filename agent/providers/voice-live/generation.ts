import { llm, stream } from '@livekit/agents';
import { Message, send, type MessageSetup } from './message.ts';
import type { WireItem } from './wire/items.ts';

/** One reply of the service while it is being made. */
export class Generation {
  readonly created: llm.GenerationCreatedEvent;
  readonly createdAt = Date.now();
  firstOutputAt: number | undefined;
  readonly #setup: MessageSetup;
  readonly #messages = new Map<string, Message>();
  readonly #messageChannel = stream.createStreamChannel<llm.MessageGeneration>();
  readonly #functionChannel = stream.createStreamChannel<llm.FunctionCall>();
  readonly #callsSeen = new Set<string>();
  readonly #arguments = new Map<string, string>();
  #open = true;

  constructor(responseId: string, userInitiated: boolean, setup: MessageSetup) {
    this.#setup = setup;
    this.created = {
      messageStream: this.#messageChannel.stream(),
      functionStream: this.#functionChannel.stream(),
      userInitiated,
      responseId,
    };
  }

  /** False once it has ended or was cut: what comes after that is late and nobody's. */
  get isOpen(): boolean {
    return this.#open;
  }

  /** Nobody has noticed yet that it was begun: it can be begun again. */
  get isUntouched(): boolean {
    return this.#open && this.#messages.size === 0 && this.#callsSeen.size === 0;
  }

  get messages(): ReadonlyMap<string, Message> {
    return this.#messages;
  }

  itemAdded(item: WireItem): void {
    if (item.type === 'message') this.message(item.id);
  }

  /** Made at its first sign, whichever event that is. */
  message(itemId: string): Message | undefined {
    const known = this.#messages.get(itemId);
    if (known || !this.#open) return known;
    const message = new Message(itemId, this.#setup);
    this.#messages.set(itemId, message);
    send(this.#messageChannel, message.generation);
    return message;
  }

  output(itemId: string): Message | undefined {
    this.firstOutputAt ??= Date.now();
    return this.message(itemId);
  }

  callArguments(itemId: string, json: string): void {
    this.#arguments.set(itemId, json);
  }

  itemDone(item: WireItem): void {
    if (item.type === 'message') this.#messages.get(item.id)?.end();
    if (item.type !== 'function_call' || !this.#open || this.#callsSeen.has(item.id)) return;
    if (!item.call_id || !item.name) return;
    this.#callsSeen.add(item.id);
    this.firstOutputAt ??= Date.now();
    const args = [item.arguments, this.#arguments.get(item.id)].find(Boolean) ?? '{}';
    send(
      this.#functionChannel,
      llm.FunctionCall.create({ id: item.id, callId: item.call_id, name: item.name, args }),
    );
  }

  /** Nothing more will come. */
  end(): void {
    this.#close((message) => message.end());
  }

  /** Nothing more is wanted. */
  cut(): void {
    this.#close((message) => message.cut());
  }

  #close(close: (message: Message) => void): void {
    if (!this.#open) return;
    this.#open = false;
    this.#messages.forEach(close);
    void this.#messageChannel.close();
    void this.#functionChannel.close();
  }
}

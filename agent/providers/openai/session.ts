import { once } from 'node:events';
import type { llm, metrics } from '@livekit/agents';
import { realtime } from '@livekit/agents-plugin-openai';
import type { AudioFrame } from '@livekit/rtc-node';
import type { WebSocket } from 'ws';
import { Attempts, type Loss } from '../attempts.ts';
import { hasRoom, type Picture } from '../eyes.ts';
import { durationMs, whole } from '../input-frame.ts';
import { letReadersLeave } from '../leavable-streams.ts';
import type { ProviderObserver } from '../provider.ts';
import { shownItem, ShownItems } from '../shown-items.ts';
import { dial, DialError, type Address } from './dial.ts';
import type { LiveSettings } from './model.ts';
import { readServerError, type ServerError } from './server-error.ts';

export interface Guarded {
  readonly address: Address;
  readonly observer: ProviderObserver;
  readonly name: string;
}

/** How the plugin names the end of a session that has lasted as long as it may. */
const renewal = 'OpenAI Realtime API connection timeout';
/** Sound that is kept for the next connection; the plugin itself would queue it without end. */
const longestWaitMs = 10_000;
/** How long a new connection may take to acknowledge what was said before. */
const retellLimitMs = 3000;

/**
 * The session of the OpenAI plugin (1.9.0) with a connection that fails softly. Left alone, the plugin
 * - ends the process when an upgrade is refused, and falls silent for ever when a later one fails (`dial`);
 * - connects again at once, and for ever, where the service takes connections and closes them;
 * - ends the process at a message that is not JSON, and misses one that comes with the upgrade;
 * - gives up its only task at an exhausted quota, so that nothing answers even when there is quota again;
 * - leaves the socket open when it is closed, until the service has had enough;
 * - loses the first event after a lost connection, because the old one still waits for it (`loseNoEvent`).
 */
export class GuardedSession extends realtime.RealtimeSession {
  readonly #guarded: Guarded;
  readonly #attempts: Attempts;
  readonly #waiting: AudioFrame[] = [];
  /** Of the present response: the messages that have been said to their end. */
  readonly #saidItems = new Set<unknown>();
  readonly #pictures = new ShownItems();
  /** The picture that the service has now. */
  #shown: string | undefined;
  /** Of the response that was settled last. */
  #imageTokens = 0;
  #waitingMs = 0;
  #socket: WebSocket | undefined;
  #isUp = false;
  /** Before the first connection the plugin keeps what it is told for it, and nothing has to be told again. */
  #wasUp = false;
  #up = deferred();
  /** Messages that the lost connection knew and the new one has not acknowledged yet. */
  readonly #owed = new Set<unknown>();
  #renewed = false;
  #closed = false;

  constructor(model: realtime.RealtimeModel, guarded: Guarded) {
    super(model);
    loseNoEvent(Reflect.get(this, 'messageChannel'));
    this.#guarded = guarded;
    this.#attempts = new Attempts(guarded.observer);
  }

  /** Takes the place of the plugin's private method. Never rejects: nobody would handle it. */
  async connect(): Promise<WebSocket> {
    // The plugin asks from its constructor, before there are any fields here.
    await Promise.resolve();
    for (;;) {
      await this.#attempts.due();
      if (this.#attempts.over) return new Promise(() => undefined);
      try {
        return this.#watch(await dial(this.#guarded.address, this.#broken));
      } catch (error) {
        if (!(error instanceof DialError)) throw error;
        if (!this.#attempts.failed(error.loss) && !this.#closed) this.#end(error.loss);
      }
    }
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'openai_server_event_received') this.#received(args[0] as ServerEvent);
    if (event === 'metrics_collected') this.#countPictures(args[0] as metrics.RealtimeModelMetrics);
    if (event === 'generation_created') letReadersLeave(args[0] as llm.GenerationCreatedEvent);
    if (event === 'error') return this.#report(args[0] as llm.RealtimeModelError);
    return super.emit(event, ...args);
  }

  override pushAudio(frame: AudioFrame): void {
    this.#waiting.push(whole(frame));
    this.#waitingMs += durationMs(frame);
    while (this.#waitingMs > longestWaitMs) {
      const dropped = this.#waiting.shift();
      if (dropped) this.#waitingMs -= durationMs(dropped);
    }
    if (this.#isUp) this.#flush();
  }

  override async commitAudio(): Promise<void> {
    this.#flush();
    await super.commitAudio();
  }

  override async clearAudio(): Promise<void> {
    this.#waiting.length = 0;
    this.#waitingMs = 0;
    await super.clearAudio();
  }

  /** Shows a picture in place of the one before: each that stays is paid for again with every reply. */
  see(picture: Picture): void {
    if (!this.#isUp || !hasRoom(this.#socket)) return;
    const item = shownItem(picture);
    this.#pictures.add(item.id);
    this.sendEvent({ type: 'conversation.item.create', item });
    this.forget();
    this.#shown = item.id;
  }

  /** Takes the picture back. */
  forget(): void {
    if (!this.#shown || !this.#isUp) return;
    this.sendEvent({ type: 'conversation.item.delete', item_id: this.#shown });
    this.#shown = undefined;
  }

  /**
   * What is told while the connection is being lost is lost with it, so it is told again to the next one. None is told
   * anything before it has taken in what the last one knew: the plugin would tell that a second time.
   */
  override async updateChatCtx(context: llm.ChatContext): Promise<void> {
    await this.#untilRetold();
    const socket = this.#socket;
    const lost = (): boolean => socket !== undefined && (this.#socket !== socket || !this.#isUp);
    try {
      await super.updateChatCtx(context);
      if (!lost()) return;
    } catch (error) {
      if (this.#closed || !lost()) throw error;
    }
    await this.#untilRetold();
    await super.updateChatCtx(context);
  }

  /** Resolves when the connection is there and has acknowledged what the plugin by itself tells a new one. */
  async #untilRetold(): Promise<void> {
    if (this.#wasUp) await this.#up.promise;
    const signal = AbortSignal.timeout(retellLimitMs);
    while (this.#owed.size > 0 && !signal.aborted) {
      await once(this, 'openai_server_event_received', { signal }).catch(() => undefined);
    }
    this.#owed.clear();
  }

  #toldMessages(): string[] {
    return this.chatCtx.items.flatMap((item) =>
      item.type === 'message' && item.textContent ? [item.id] : [],
    );
  }

  /** The plugin counts ten seconds from the call, connected or not, and nobody hears of its refusal. */
  override async generateReply(
    instructions?: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<llm.GenerationCreatedEvent> {
    await this.#up.promise;
    try {
      return await super.generateReply(instructions, options);
    } catch (error) {
      if (error instanceof Error && error.message.includes('timed out')) {
        const detail = `${this.#guarded.name} did not begin to answer in time.`;
        this.#guarded.observer.problem('provider_unreachable', detail);
      }
      throw error;
    }
  }

  /** Changes the running session, and what the plugin would set up the next connection with. */
  update(settings: LiveSettings): void {
    Object.assign(Reflect.get(this, '_options'), settings);
    this.sendEvent({
      type: 'session.update',
      session: {
        type: 'realtime',
        max_output_tokens: settings.maxResponseOutputTokens,
        audio: {
          input: {
            noise_reduction: settings.inputAudioNoiseReduction ?? null,
            transcription: settings.inputAudioTranscription ?? null,
            turn_detection: settings.turnDetection ?? null,
          },
          ...(settings.speed !== undefined && { output: { speed: settings.speed } }),
        },
      },
    });
  }

  override async close(): Promise<void> {
    this.#closed = true;
    this.#attempts.stop();
    this.#up.resolve();
    await super.close();
    this.#socket?.close();
  }

  #flush(): void {
    for (const frame of this.#waiting.splice(0)) super.pushAudio(frame);
    this.#waitingMs = 0;
  }

  readonly #broken = () => {
    this.#guarded.observer.problem('provider_failed', 'It sent a message that cannot be read.');
  };

  #watch(socket: WebSocket): WebSocket {
    this.#socket = socket;
    if (this.#closed) socket.close();
    socket.once('close', (code: number, reason: Buffer) => {
      if (this.#socket !== socket) return;
      const accepted = this.#isUp;
      this.#isUp = false;
      if (accepted) {
        this.#up = deferred();
        for (const id of this.#toldMessages()) this.#owed.add(id);
      }
      if (this.#renewed) {
        this.#renewed = false;
        this.#attempts.renewing();
        return;
      }
      const detail = reason.toString() || `The connection was closed (${code}).`;
      const loss: Loss = { code: 'provider_unreachable', detail, final: false };
      const another = accepted ? this.#attempts.lost(loss) : this.#attempts.failed(loss);
      if (!another && !this.#closed) this.#end(loss);
    });
    return socket;
  }

  #received(event: ServerEvent): void {
    if (!this.#pictures.mayPass(event)) {
      event.type = 'picture';
      return;
    }
    const item = event.item?.id ?? event.item_id ?? '';
    switch (event.type) {
      case 'response.output_item.added':
        this.#saidItems.delete(item);
        break;
      case 'response.output_item.done':
        this.#saidItems.add(item);
        break;
      case 'session.created':
        this.#pictures.clear();
        this.#shown = undefined;
        this.#isUp = true;
        this.#wasUp = true;
        this.#attempts.accepted(this.#guarded.name);
        this.#up.resolve();
        break;
      case 'conversation.item.added':
        this.#owed.delete(item);
        break;
      case 'response.created':
        this.#saidItems.clear();
        this.#attempts.answered();
        break;
      case 'error':
        this.#soften(event.error);
        break;
      case 'response.done':
        this.#imageTokens = event.response?.usage?.input_token_details?.image_tokens ?? 0;
        this.#soften(event.response?.status_details?.error);
        break;
      default:
        // The plugin would write it into a stream that it has closed.
        if (event.type.startsWith('response.') && this.#saidItems.has(item)) event.type = 'late';
    }
  }

  /** The plugin counts none. */
  #countPictures({ inputTokenDetails }: metrics.RealtimeModelMetrics): void {
    inputTokenDetails.imageTokens = this.#imageTokens;
  }

  /** Tells of an error, and takes the plugin the reason to give up: where that is right, it is done here. */
  #soften(error: ServerError | null | undefined): void {
    if (typeof error !== 'object' || error === null) return;
    const loss = readServerError(error);
    if (loss?.code === 'provider_limited') error.code = 'rate_limit_exceeded';
    if (loss?.final) error.code = 'refused';
    if (loss) this.#guarded.observer.problem(loss.code, loss.detail);
    if (loss?.final) this.#end(loss);
  }

  #report(event: llm.RealtimeModelError): boolean {
    if (event.error.message.includes(renewal)) {
      this.#renewed = true;
      return true;
    }
    return this.listenerCount('error') > 0 && super.emit('error', event);
  }

  #end({ detail }: Loss): void {
    this.#attempts.stop();
    this.#up.resolve();
    this.#report({
      type: 'realtime_model_error',
      timestamp: Date.now(),
      label: this.realtimeModel.label(),
      error: new Error(detail),
      recoverable: false,
    });
  }
}

// Private to the plugin's type, but looked up on the object like every method.
Object.defineProperty(GuardedSession.prototype, 'createWsConn', {
  value(this: GuardedSession) {
    return this.connect();
  },
});

interface EventQueue {
  get(): Promise<unknown>;
}

/** Whoever comes while somebody waits gets the same event, so that one who has gone takes none along. */
function loseNoEvent(queue: EventQueue): void {
  const get = queue.get.bind(queue);
  let waiting: Promise<unknown> | undefined;
  queue.get = () =>
    (waiting ??= get().finally(() => {
      waiting = undefined;
    }));
}

interface ServerEvent {
  type: string;
  readonly item_id?: unknown;
  previous_item_id?: unknown;
  readonly item?: { readonly id?: unknown } | null;
  readonly error?: ServerError | null;
  readonly response?: {
    readonly status_details?: { readonly error?: ServerError } | null;
    readonly usage?: { readonly input_token_details?: { readonly image_tokens?: number } } | null;
  } | null;
}

function deferred() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve: () => resolve() };
}

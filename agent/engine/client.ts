import { EventEmitter, once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { EventQueue } from './wire/event-queue.ts';
import { Connection } from './wire/connection.ts';
import { inFrames, pcmBytes, pcmSamples } from './wire/pcm.ts';
import { listeningRateHz, reply } from './wire/messages.ts';
import type {
  EndpointingOptions,
  EngineReply,
  EngineRequest,
  EngineStatus,
  HeardEvent,
} from './wire/messages.ts';

/** What a listening stream tells. Positions are in ms since the first sample written to the stream. */
export type ListeningEvent =
  | HeardEvent
  /** The engine died and is back; what was being said at that moment is lost. */
  | { readonly type: 'engine_restarted' };

export interface ListeningOptions {
  readonly endpointing?: EndpointingOptions;
  /** False: tells only when somebody speaks, at a tenth of the cost. */
  readonly words?: boolean;
}

/** Iterate it once; leaving the loop closes it. It ends after `end()` when all is heard, or at once after `close()`. */
export interface ListeningStream extends AsyncIterable<ListeningEvent> {
  /** Mono PCM at 16 kHz, any number of samples. Dropped while the engine is away. */
  write(pcm: Int16Array): void;
  /** Ends the utterance now, without waiting for silence. */
  flush(): void;
  /** Nobody has spoken at the microphone for so long, in ms; may end the utterance before the sound of that has come. */
  quiet(forMs: number): void;
  /** Whether words may well be a laugh or an echo from now on, and are to be recognised with more care. */
  doubt(on: boolean): void;
  /** No more audio will be written. */
  end(): void;
  close(): void;
}

export interface SynthesisOptions {
  /** 0.5 to 2; 1 is the voice's own pace. */
  readonly speed?: number;
  readonly signal?: AbortSignal;
}

/** The engine is away or refused the request; `message` says which. Worth another try after a moment. */
export class EngineUnavailableError extends Error {
  override readonly name = 'EngineUnavailableError';
}

type EngineConnection = Connection<EngineReply, EngineRequest>;

/** One open request, from the side that asked. */
interface Pending {
  onReply(message: EngineReply, payload: Uint8Array): void;
  /** The connection is gone. */
  onLost(): void;
  /** There is a new connection after one was lost. */
  onRestored?(): void;
}

const reconnectDelaysMs = [50, 100, 200, 400, 800, 1500];
const defaultConnectTimeoutMs = 15_000;
/** An engine loads in two seconds, on a busy machine in ten. */
const restartPatienceMs = 20_000;

/** A job process's way to the speech engine. It reconnects by itself until it is closed. */
export class EngineClient {
  readonly #socketPath: string;
  readonly #pending = new Map<number, Pending>();
  #connection: EngineConnection | undefined;
  #nextId = 0;
  readonly #closed = new AbortController();
  readonly #connections = new EventEmitter<{ restored: [] }>();

  private constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  /** Resolves once the engine answers. Rejects with `EngineUnavailableError` after `timeoutMs`. */
  static async connect(
    socketPath: string,
    { timeoutMs = defaultConnectTimeoutMs }: { timeoutMs?: number } = {},
  ): Promise<EngineClient> {
    const client = new EngineClient(socketPath);
    const connected = await client.#connect(AbortSignal.timeout(timeoutMs));
    if (connected) return client;
    client.close();
    throw new EngineUnavailableError(`The speech engine did not answer within ${timeoutMs} ms.`);
  }

  get connected(): boolean {
    return this.#connection !== undefined;
  }

  listen(options: ListeningOptions = {}): ListeningStream {
    return new RemoteListening(this.#channel(), options);
  }

  /**
   * Speaks a text: yields mono PCM at 22,050 Hz, piece by piece as it is made. Leaving the loop or aborting the
   * signal stops the work; an abort ends the iteration without an error. Waits a while for an engine that is being
   * restarted; throws `EngineUnavailableError` when it dies on the way or does not come back.
   */
  async *synthesize(
    text: string,
    { speed = 1, signal }: SynthesisOptions = {},
  ): AsyncGenerator<Int16Array, void, undefined> {
    await this.#reconnected(signal);
    if (signal?.aborted) return;
    const channel = this.#channel();
    if (!this.connected) throw away();
    const pieces = new EventQueue<Int16Array>();
    channel.open({
      onReply: (message, payload) => {
        if (message.op === 'audio') pieces.push(pcmSamples(payload));
        if (message.op === 'done') pieces.end();
        if (message.op === 'failed') pieces.fail(new EngineUnavailableError(message.message));
      },
      onLost: () => pieces.fail(away()),
    });
    const stop = () => pieces.end({ discard: true });
    signal?.addEventListener('abort', stop, { once: true });
    channel.send({ op: 'synthesize', id: channel.id, text, speed });
    try {
      yield* pieces;
    } finally {
      signal?.removeEventListener('abort', stop);
      if (!pieces.finished || signal?.aborted) channel.send({ op: 'cancel', id: channel.id });
      channel.release();
    }
  }

  /** Rejects with `EngineUnavailableError`. */
  status(): Promise<EngineStatus> {
    const channel = this.#channel();
    if (!this.connected) return Promise.reject(away());
    return new Promise<EngineStatus>((resolve, reject) => {
      channel.open({
        onReply: (message) => {
          if (message.op === 'status') resolve(message.status);
          else reject(new EngineUnavailableError('The speech engine gave no status.'));
        },
        onLost: () => reject(away()),
      });
      channel.send({ op: 'status', id: channel.id });
    }).finally(() => channel.release());
  }

  /** Ends everything that is open through this client. The engine itself goes on. */
  close(): void {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    this.#connection?.close();
    this.#connection = undefined;
    for (const pending of [...this.#pending.values()]) pending.onLost();
    this.#pending.clear();
  }

  /** Resolves when there is a connection, or no sense in waiting for one any longer. */
  async #reconnected(signal: AbortSignal | undefined): Promise<void> {
    const giveUp = [AbortSignal.timeout(restartPatienceMs), this.#closed.signal];
    const stopped = AbortSignal.any(signal ? [...giveUp, signal] : giveUp);
    while (!this.connected && !stopped.aborted) {
      await once(this.#connections, 'restored', { signal: stopped }).catch(() => undefined);
    }
  }

  #channel(): Channel {
    const id = this.#nextId++;
    return {
      id,
      open: (pending) => this.#pending.set(id, pending),
      send: (message, payload) => this.#connection?.send(message, payload),
      release: () => this.#pending.delete(id),
    };
  }

  async #connect(signal: AbortSignal): Promise<boolean> {
    const stopped = AbortSignal.any([signal, this.#closed.signal]);
    for (let attempt = 0; !stopped.aborted; attempt++) {
      const connection = await this.#attempt(stopped);
      if (connection) {
        this.#adopt(connection);
        return true;
      }
      const waitMs = reconnectDelaysMs[Math.min(attempt, reconnectDelaysMs.length - 1)];
      await delay(waitMs, undefined, { signal: stopped }).catch(() => undefined);
    }
    return false;
  }

  #attempt(signal: AbortSignal): Promise<EngineConnection | undefined> {
    return new Promise((resolve) => {
      const connection: EngineConnection = new Connection(connectSocket(this.#socketPath), reply);
      const giveUp = () => connection.close();
      signal.addEventListener('abort', giveUp, { once: true });
      connection.once('message', () => {
        signal.removeEventListener('abort', giveUp);
        resolve(connection);
      });
      connection.once('close', () => {
        signal.removeEventListener('abort', giveUp);
        resolve(undefined);
      });
    });
  }

  #adopt(connection: EngineConnection): void {
    this.#connection = connection;
    connection.on('message', (message, payload) => {
      if (message.op !== 'ready') this.#pending.get(message.id)?.onReply(message, payload);
    });
    connection.on('close', () => void this.#recover());
    for (const pending of this.#pending.values()) pending.onRestored?.();
    this.#connections.emit('restored');
  }

  async #recover(): Promise<void> {
    this.#connection = undefined;
    if (this.#closed.signal.aborted) return;
    for (const pending of [...this.#pending.values()]) pending.onLost();
    await this.#connect(this.#closed.signal);
  }
}

/** A request's own line over the shared connection. What is sent while there is none is dropped. */
interface Channel {
  readonly id: number;
  open(pending: Pending): void;
  send(message: EngineRequest, payload?: Uint8Array): void;
  release(): void;
}

class RemoteListening implements ListeningStream {
  readonly #channel: Channel;
  readonly #options: ListeningOptions;
  readonly #events = new EventQueue<ListeningEvent>();
  #writtenMs = 0;
  #doubting = false;
  /** Where in this stream the engine's own count of it begins; moves when the engine was restarted. */
  #originMs = 0;
  #ended = false;
  #closed = false;

  constructor(channel: Channel, options: ListeningOptions) {
    this.#channel = channel;
    this.#options = options;
    channel.open({
      onReply: (message) => this.#hear(message),
      onLost: () => undefined,
      onRestored: () => this.#restore(),
    });
    this.#listen();
  }

  write(pcm: Int16Array): void {
    if (this.#ended || pcm.length === 0) return;
    for (const part of inFrames(pcm)) {
      this.#channel.send({ op: 'audio', id: this.#channel.id }, pcmBytes(part));
    }
    this.#writtenMs += (pcm.length / listeningRateHz) * 1000;
  }

  flush(): void {
    if (!this.#ended) this.#channel.send({ op: 'flush', id: this.#channel.id });
  }

  quiet(forMs: number): void {
    if (!this.#ended) this.#channel.send({ op: 'quiet', id: this.#channel.id, forMs });
  }

  doubt(on: boolean): void {
    if (this.#ended || on === this.#doubting) return;
    this.#doubting = on;
    this.#channel.send({ op: 'doubt', id: this.#channel.id, on });
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#channel.send({ op: 'end', id: this.#channel.id });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ended = true;
    this.#channel.send({ op: 'cancel', id: this.#channel.id });
    this.#channel.release();
    this.#events.end({ discard: true });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ListeningEvent, void, undefined> {
    try {
      yield* this.#events;
    } finally {
      this.close();
    }
  }

  #listen(): void {
    const { id } = this.#channel;
    this.#channel.send({ op: 'listen', id, ...this.#options });
    if (this.#doubting) this.#channel.send({ op: 'doubt', id, on: true });
  }

  #restore(): void {
    this.#originMs = this.#writtenMs;
    this.#events.push({ type: 'engine_restarted' });
    if (this.#ended) this.#finish();
    else this.#listen();
  }

  #finish(): void {
    this.#closed = true;
    this.#channel.release();
    this.#events.end();
  }

  #hear(message: EngineReply): void {
    if (message.op === 'heard') this.#events.push(shifted(message.event, this.#originMs));
    if (message.op === 'done') this.#finish();
    if (message.op === 'failed') {
      this.#closed = true;
      this.#channel.release();
      this.#events.fail(new EngineUnavailableError(message.message));
    }
  }
}

function shifted(event: HeardEvent, byMs: number): HeardEvent {
  switch (event.type) {
    case 'speech_started':
      return { ...event, atMs: event.atMs + byMs };
    case 'speech_stopped':
      return { ...event, atMs: event.atMs + byMs, decidedAtMs: event.decidedAtMs + byMs };
    default:
      return { ...event, startMs: event.startMs + byMs, endMs: event.endMs + byMs };
  }
}

function away(): EngineUnavailableError {
  return new EngineUnavailableError('The speech engine does not answer; it is being restarted.');
}

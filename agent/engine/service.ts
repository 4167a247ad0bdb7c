import { createServer, type Server, type Socket } from 'node:net';
import type { Engine } from './engine.ts';
import { defaultEndpointerSettings, type EndpointerSettings } from './listening/endpointer.ts';
import { Listener } from './listening/listener.ts';
import { SpeechListener } from './listening/speech-listener.ts';
import { PieceCutter } from './speaking/pieces.ts';
import { Connection } from './wire/connection.ts';
import { FrameError } from './wire/frames.ts';
import {
  request,
  type EndpointingOptions,
  type EngineReply,
  type EngineRequest,
  type EngineStatus,
  type HeardEvent,
} from './wire/messages.ts';
import { inFrames, pcmBytes, pcmSamples, toFloat } from './wire/pcm.ts';

/** A client may have this many streams and texts open; more is a leak on its side. */
const mostOpenRequests = 64;

/** Serves the engine to any number of clients over a local socket. */
export class EngineService {
  readonly #engine: Engine;
  readonly #server: Server;
  readonly #clients = new Set<ClientSession>();
  readonly #startedAt = performance.now();

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#server = createServer((socket) => this.#welcome(socket));
  }

  /** Resolves when clients can connect. */
  listen(socketPath: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ path: socketPath, readableAll: false, writableAll: false }, resolve);
    });
  }

  status(): EngineStatus {
    const { recogniser, voice, loadMs, models } = this.#engine;
    return {
      pid: process.pid,
      upMs: performance.now() - this.#startedAt,
      loadMs,
      models,
      clients: this.#clients.size,
      listening: [...this.#clients].reduce((sum, client) => sum + client.listening, 0),
      waiting: { recogniser: recogniser.waiting, voice: voice.waiting },
      residentBytes: process.memoryUsage.rss(),
    };
  }

  #welcome(socket: Socket): void {
    const session = new ClientSession(socket, this.#engine, {
      status: () => this.status(),
      onClose: () => this.#clients.delete(session),
    });
    this.#clients.add(session);
  }
}

interface SessionHooks {
  status(): EngineStatus;
  onClose(): void;
}

type ClientConnection = Connection<EngineRequest, EngineReply>;

/** One client and what it has open. What goes wrong here ends this client's connection and nobody else's. */
class ClientSession {
  readonly #connection: ClientConnection;
  readonly #engine: Engine;
  readonly #hooks: SessionHooks;
  readonly #listeners = new Map<number, Listener | SpeechListener>();
  readonly #speeches = new Map<number, AbortController>();

  constructor(socket: Socket, engine: Engine, hooks: SessionHooks) {
    this.#engine = engine;
    this.#hooks = hooks;
    this.#connection = new Connection(socket, request);
    this.#connection.on('message', (message, payload) => this.#handle(message, payload));
    this.#connection.on('close', () => this.#release());
    this.#connection.send({ op: 'ready' });
  }

  get listening(): number {
    return this.#listeners.size;
  }

  #handle(message: EngineRequest, payload: Uint8Array): void {
    switch (message.op) {
      case 'listen':
        this.#requireFree(message.id);
        this.#listen(message);
        return;
      case 'audio':
        this.#listeners.get(message.id)?.write(toFloat(pcmSamples(payload)));
        return;
      case 'flush':
        this.#listeners.get(message.id)?.flush();
        return;
      case 'quiet':
        this.#listeners.get(message.id)?.quiet(message.forMs);
        return;
      case 'doubt':
        this.#listeners.get(message.id)?.doubt(message.on);
        return;
      case 'end':
        void this.#endListening(message.id);
        return;
      case 'synthesize':
        this.#requireFree(message.id);
        void this.#speak(message.id, message.text, message.speed);
        return;
      case 'cancel':
        this.#closeListener(message.id);
        this.#speeches.get(message.id)?.abort();
        return;
      case 'status':
        this.#connection.send({ op: 'status', id: message.id, status: this.#hooks.status() });
        return;
    }
  }

  #listen({ id, endpointing, words = true }: Extract<EngineRequest, { op: 'listen' }>): void {
    const detector = this.#engine.detectors.acquire();
    const onEvent = (event: HeardEvent): void => {
      this.#connection.send({ op: 'heard', id, event });
    };
    if (!words) {
      this.#listeners.set(id, new SpeechListener({ detector, onEvent }));
      return;
    }
    const listener = new Listener({
      recogniser: this.#engine.recogniser,
      detector,
      settings: withOptions(endpointing),
      onEvent,
      onFailure: (error) => {
        this.#closeListener(id);
        this.#connection.send({ op: 'failed', id, message: reason(error) });
      },
    });
    this.#listeners.set(id, listener);
  }

  async #endListening(id: number): Promise<void> {
    await this.#listeners.get(id)?.end();
    if (!this.#listeners.has(id)) return;
    this.#closeListener(id);
    this.#connection.send({ op: 'done', id });
  }

  #closeListener(id: number): void {
    this.#listeners.get(id)?.close();
    this.#listeners.delete(id);
  }

  async #speak(id: number, text: string, speed: number): Promise<void> {
    const stopped = new AbortController();
    this.#speeches.set(id, stopped);
    try {
      const cutter = new PieceCutter();
      for (const piece of [...cutter.push(text), ...cutter.flush()]) {
        const audio = await this.#engine.voice.speak(piece, speed, stopped.signal);
        if (stopped.signal.aborted) return;
        for (const part of inFrames(audio)) {
          this.#connection.send({ op: 'audio', id }, pcmBytes(part));
        }
        await this.#connection.drained();
      }
      this.#connection.send({ op: 'done', id });
    } catch (error) {
      this.#connection.send({ op: 'failed', id, message: reason(error) });
    } finally {
      this.#speeches.delete(id);
    }
  }

  #requireFree(id: number): void {
    if (this.#listeners.has(id) || this.#speeches.has(id)) {
      throw new FrameError(`The number ${id} is in use.`);
    }
    if (this.#listeners.size + this.#speeches.size >= mostOpenRequests) {
      throw new FrameError(`More than ${mostOpenRequests} requests are open.`);
    }
  }

  #release(): void {
    for (const id of [...this.#listeners.keys()]) this.#closeListener(id);
    for (const stopped of this.#speeches.values()) stopped.abort();
    this.#hooks.onClose();
  }
}

function withOptions(options: EndpointingOptions = {}): EndpointerSettings {
  const { silenceMs } = defaultEndpointerSettings;
  return {
    ...defaultEndpointerSettings,
    silenceMs: {
      complete: options.completeSilenceMs ?? silenceMs.complete,
      open: options.openSilenceMs ?? silenceMs.open,
      incomplete: options.incompleteSilenceMs ?? silenceMs.incomplete,
    },
  };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import { AsyncLocalStorage } from 'node:async_hooks';
import {
  Live,
  MediaModality,
  type LiveCallbacks,
  type LiveConnectParameters,
  type LiveServerMessage,
  type Session,
} from '@google/genai';
import { Attempts, type Loss } from '../attempts.ts';
import { hasRoom } from '../eyes.ts';
import type { ProviderObserver } from '../provider.ts';
import { readClose } from './close-reason.ts';
import { isReadable } from './readable.ts';

/** How the client library makes a socket; private there, so described here. */
interface SocketFactory {
  create(url: string, headers: unknown, callbacks: SocketCallbacks): Socket;
}
interface Socket {
  close(): void;
  /** The socket under it; private there as well. */
  readonly ws?: { readonly bufferedAmount: number };
}
interface SocketCallbacks {
  onopen: () => void;
  onmessage: (event: { data: unknown }) => void;
  onerror: (event: { message?: string }) => void;
  onclose: (event: { code: number; reason: string }) => void;
}

export interface LineOptions {
  readonly observer: ProviderObserver;
  /** Has the plugin open another connection, with what it knows of the conversation. */
  readonly restart: () => void;
  /** There will be no connection any more. */
  readonly onEnd: (loss: Loss) => void;
}

/** No setup takes longer; the library itself would wait for ever. */
const setupTimeoutMs = 10_000;
/** How long before the announced end a connection is given up even in mid-speech. */
const lastCallMs = 500;
/** After speech the service needs its time to find the end of the turn, and to begin an answer. */
const quietMs = 2500;

const current = new AsyncLocalStorage<Line>();
const connect = Reflect.get(Live.prototype, 'connect');

// The plugin hides its client behind a #private, so the way between them is taken here. Other users of the library see no change.
Live.prototype.connect = function (this: Live, params: LiveConnectParameters) {
  const line = current.getStore();
  return line ? line.connect(this, params) : connect.call(this, params);
};

/**
 * The connections of one session of the Gemini plugin (1.9.0), one after another. Left alone, the plugin
 * - waits for ever for a connection that is refused, or closed before its setup is complete: `Live.connect` never settles then;
 * - emits an untyped fatal error at any close but 1000, which ends the AgentSession and then the process, and goes on writing
 *   into the dead socket (https://github.com/livekit/agents-js/pull/2366);
 * - ends the process at a message that is not JSON, or not of the documented shape: library and plugin read them in promises that nobody handles;
 * - connects before it has instructions and tools, and again as soon as it has them;
 * - cuts the reply when the service announces the end of a connection (`goAway`);
 * - asks newer models for a reply with an empty list of turns, which the library refuses to send;
 * - resumes with the service's handle and sends the whole history besides, so that everything was said twice.
 */
export class Line {
  readonly #attempts: Attempts;
  #options: LineOptions | undefined;
  #configured = deferred();
  #begun = false;
  #up = deferred();
  #isUp = false;
  #current: { readonly session: Session; readonly socket: Socket | undefined } | undefined;
  #answering = false;
  #loudAt = 0;
  #renewal: ReturnType<typeof setInterval> | undefined;

  constructor(observer: ProviderObserver) {
    this.#attempts = new Attempts(observer);
  }

  /** Makes the plugin's session, all of whose connections then go through this line. */
  static through<T>(line: Line, make: () => T): T {
    return current.run(line, make);
  }

  /** Whether instructions and tools went with the first connection, so that a change takes another one. */
  get begun(): boolean {
    return this.#begun;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  attach(options: LineOptions): void {
    this.#options = options;
  }

  /** Instructions and tools are known: the first connection may be opened. */
  configured(): void {
    this.#configured.resolve();
  }

  /** Resolves when there is a connection; also when there never will be one again. */
  async whenUp(): Promise<void> {
    await this.#up.promise;
  }

  /** Sound is on its way to the service. A loud one keeps a connection from being renewed in mid-speech. */
  heard(loud: boolean): void {
    if (loud) this.#loudAt = Date.now();
  }

  /** Sends a frame of video, JPEG, where there is a connection that keeps up. */
  show(jpeg: Buffer): void {
    if (!this.#isUp || !this.#current) return;
    const { session, socket } = this.#current;
    if (!hasRoom(socket?.ws)) return;
    session.sendRealtimeInput({
      video: { data: jpeg.toString('base64'), mimeType: 'image/jpeg' },
    });
  }

  /** A reply has been asked for: the connection is needed until it is over. */
  asked(): void {
    this.#answering = true;
  }

  /** The plugin is about to give the connection up, so nothing more is to be entrusted to it. */
  leave(): void {
    this.#down();
  }

  close(): void {
    this.#attempts.stop();
    this.#configured.resolve();
    this.#up.resolve();
    clearInterval(this.#renewal);
  }

  async connect(live: Live, params: LiveConnectParameters): Promise<Session> {
    if (!this.#begun) {
      await this.#configured.promise;
      this.#begun = true;
      this.#options?.restart();
      params.callbacks.onopen?.();
      return noSession;
    }
    await this.#attempts.due();
    // Nobody holds on to a promise that never settles, and a rejection would be one that nobody handles.
    if (this.#attempts.over) return new Promise(() => undefined);
    return new Promise((resolve, reject) => {
      this.#open(live, params, resolve, reject);
    });
  }

  #open(
    live: Live,
    params: LiveConnectParameters,
    resolve: (session: Session) => void,
    reject: (error: Error) => void,
  ): void {
    const { callbacks, config } = params;
    let socket: Socket | undefined;
    let socketError = '';
    let stage: 'opening' | 'open' | 'closed' = 'opening';

    const ended = (code: number, reason: string) => {
      if (stage === 'closed') return;
      const loss = readClose(code, reason, socketError);
      clearTimeout(timer);
      if (stage === 'open') this.#lost(callbacks, loss);
      else if (this.#attempts.failed(loss)) reject(new Error(loss.detail));
      else this.#end(loss);
      stage = 'closed';
    };
    const timer = setTimeout(() => {
      socketError ||= `No answer within ${setupTimeoutMs / 1000} seconds.`;
      socket?.close();
      ended(1006, '');
    }, setupTimeoutMs);

    const factory = Reflect.get(live, 'webSocketFactory') as SocketFactory;
    const guarded = Object.create(live, {
      webSocketFactory: {
        value: {
          create: (url: string, headers: unknown, inner: SocketCallbacks) =>
            (socket = factory.create(url, headers, {
              onopen: inner.onopen,
              onmessage: (event) => {
                if (isJson(event.data)) inner.onmessage(event);
                else this.#unreadable();
              },
              onerror: (event) => (socketError = event.message ?? ''),
              onclose: ({ code, reason }) => ended(code, reason),
            })),
        } satisfies SocketFactory,
      },
    }) as Live;

    connect
      .call(guarded, {
        ...params,
        ...(config && { config: { ...config, sessionResumption: {} } }),
        callbacks: { ...callbacks, onmessage: (message) => this.#received(callbacks, message) },
      })
      .then((session) => {
        clearTimeout(timer);
        const close = session.close.bind(session);
        session.close = () => {
          stage = 'closed';
          this.#down();
          close();
          callbacks.onclose?.(normalClose);
        };
        const sendContent = session.sendClientContent.bind(session);
        session.sendClientContent = (content) => {
          const { turns, ...rest } = content;
          sendContent(Array.isArray(turns) && turns.length === 0 ? rest : content);
        };
        if (stage === 'closed') return;
        stage = 'open';
        this.#current = { session, socket };
        this.#isUp = true;
        this.#up.resolve();
        this.#attempts.accepted(params.model);
        resolve(session);
      }, reject);
  }

  #unreadable(): void {
    this.#options?.observer.problem('provider_failed', 'It sent a message that cannot be read.');
  }

  #received(callbacks: LiveCallbacks, message: unknown): void {
    if (!isReadable(message)) {
      this.#unreadable();
      return;
    }
    countFramesAsPictures(message);
    const { goAway, serverContent, toolCall, ...rest } = message;
    if (serverContent ?? toolCall) this.#attempts.answered();
    if (serverContent?.turnComplete) this.#answering = false;
    else if (serverContent ?? toolCall) this.#answering = true;
    if (goAway) this.#renewBy(Number.parseFloat(goAway.timeLeft ?? '0') * 1000);
    if (serverContent || toolCall || Object.keys(rest).length > 0) {
      delete message.goAway;
      callbacks.onmessage(message);
    }
  }

  /** Opens a new connection at the first quiet moment, or just before the service would cut this one. */
  #renewBy(leftMs: number): void {
    const dueAt = Date.now() + leftMs - lastCallMs;
    this.#renewal ??= setInterval(() => {
      const quiet = !this.#answering && Date.now() - this.#loudAt > quietMs;
      if (!quiet && Date.now() < dueAt) return;
      clearInterval(this.#renewal);
      this.#attempts.renewing();
      this.#options?.restart();
    }, 50);
  }

  #lost(callbacks: LiveCallbacks, loss: Loss): void {
    this.#down();
    callbacks.onclose?.(normalClose);
    if (this.#attempts.lost(loss)) this.#options?.restart();
    else this.#end(loss);
  }

  #down(): void {
    clearInterval(this.#renewal);
    this.#renewal = undefined;
    this.#answering = false;
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#current = undefined;
    this.#up = deferred();
  }

  #end(loss: Loss): void {
    this.#up.resolve();
    this.#options?.onEnd(loss);
  }
}

/** Stands for the connection that the plugin wants too early; it is dropped as soon as it is given. */
const noSession = {
  close: () => undefined,
  sendClientContent: () => undefined,
} as unknown as Session;

/** The only end that the plugin takes calmly: it closes the streams of the reply. In the browser's type, which Node lacks. */
const normalClose = { code: 1000, reason: '' } as never;

function deferred() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve: () => resolve() };
}

/** The plugin counts pictures among what was taken in, but not frames of video. */
function countFramesAsPictures({ usageMetadata }: LiveServerMessage): void {
  for (const detail of usageMetadata?.promptTokensDetails ?? []) {
    if (detail.modality === MediaModality.VIDEO) detail.modality = MediaModality.IMAGE;
  }
}

function isJson(data: unknown): boolean {
  try {
    JSON.parse(Buffer.isBuffer(data) ? data.toString() : String(data));
    return true;
  } catch {
    return false;
  }
}

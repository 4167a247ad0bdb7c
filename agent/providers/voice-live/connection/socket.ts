import { WebSocket } from 'ws';
import type { ClientEvent } from '../wire/client-events.ts';
import { readServerEvent, type ServerEvent } from '../wire/server-events.ts';
import { fromClose, fromErrorEvent, fromHandshake, VoiceLiveError } from './failure.ts';

interface SocketOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly connectTimeoutMs: number;
  readonly heartbeatMs: number;
  /** From `session.created` on, which is the first. */
  readonly onEvent: (event: ServerEvent, socket: Socket) => void;
  /** An event that could not be understood and is left out. */
  readonly onMalformed: (detail: string) => void;
  readonly signal: AbortSignal;
}

const normalClosure = 1000;
const longestBodyBytes = 16_384;

/** One connection to the service, from `session.created` to its end. */
export class Socket {
  /** Resolves when it has ended, whoever ended it. */
  readonly closed: Promise<VoiceLiveError>;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket, heartbeatMs: number) {
    this.#socket = socket;
    const heart = this.#watch(heartbeatMs);
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        clearInterval(heart);
        resolve(fromClose(code, reason.toString('utf8')));
      });
    });
  }

  /** Resolves once the service has made the session. Rejects with a `VoiceLiveError`. */
  static async open(options: SocketOptions): Promise<Socket> {
    const { url, headers, connectTimeoutMs, heartbeatMs, signal } = options;
    signal.throwIfAborted();
    const raw = new WebSocket(url, {
      headers,
      handshakeTimeout: connectTimeoutMs,
      // A key must not travel on to wherever an answer points.
      followRedirects: false,
      // Speech does not get smaller by it, only later.
      perMessageDeflate: false,
    });
    const socket = new Socket(raw, heartbeatMs);
    try {
      await socket.#created(options);
      return socket;
    } catch (error) {
      raw.terminate();
      throw error;
    }
  }

  /** In bytes: what was sent and has not left yet. */
  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** What is sent after the end is lost. */
  send(event: ClientEvent): void {
    if (this.isOpen) this.#socket.send(JSON.stringify(event));
  }

  close(): void {
    if (this.isOpen) this.#socket.close(normalClosure);
    else this.#socket.terminate();
  }

  /** Without waiting for the other side, which may not be there any more. */
  terminate(): void {
    this.#socket.terminate();
  }

  #created({ connectTimeoutMs, onEvent, onMalformed, signal }: SocketOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      let created = false;
      const slow = setTimeout(() => {
        reject(new VoiceLiveError('unreachable', 'Azure Voice Live made no session in time.'));
      }, connectTimeoutMs);
      const abandon = () => reject(new VoiceLiveError('unreachable', 'The session was closed.'));
      signal.addEventListener('abort', abandon, { once: true });
      const settled = () => {
        clearTimeout(slow);
        signal.removeEventListener('abort', abandon);
      };
      this.#socket.on('message', (data: Buffer) => {
        const reading = readServerEvent(data.toString('utf8'));
        if (reading.kind === 'malformed') onMalformed(reading.detail);
        if (reading.kind !== 'event') return;
        const { event } = reading;
        if (!created && event.type === 'error') {
          reject(fromErrorEvent(event.error));
          return;
        }
        if (event.type === 'session.created') {
          created = true;
          settled();
          resolve();
        }
        onEvent(event, this);
      });
      this.#socket.on('unexpected-response', (_request, response) => {
        let body = '';
        response.on('data', (piece: Buffer) => {
          if (body.length < longestBodyBytes) body += piece.toString('utf8');
        });
        const refuse = () => {
          settled();
          reject(fromHandshake(response.statusCode ?? 0, response.headers['retry-after'], body));
        };
        response.once('end', refuse);
        response.once('error', refuse);
      });
      this.#socket.on('error', (error) => {
        settled();
        reject(
          new VoiceLiveError(
            'unreachable',
            `Azure Voice Live cannot be reached (${error.message}).`,
          ),
        );
      });
      void this.closed.then((closure) => {
        settled();
        reject(closure);
      });
    });
  }

  /** A line that is cut without a word is only noticed by asking. */
  #watch(heartbeatMs: number): NodeJS.Timeout {
    let alive = true;
    const socket = this.#socket;
    socket.on('pong', () => (alive = true));
    socket.on('message', () => (alive = true));
    return setInterval(() => {
      if (socket.readyState !== WebSocket.OPEN) return;
      if (!alive) socket.terminate();
      else socket.ping();
      alive = false;
    }, heartbeatMs);
  }
}

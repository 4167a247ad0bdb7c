import { EventEmitter, once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';

/** What a service sends, as it is. */
export interface ReceivedEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

const patienceMs = 15_000;

/** A client of a realtime service that does nothing by itself. */
export class TestClient {
  readonly received: ReceivedEvent[] = [];
  readonly #socket: WebSocket;
  readonly #arrivals = new EventEmitter<{ arrival: [] }>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.received.push(JSON.parse(data.toString('utf8')) as ReceivedEvent);
      this.#arrivals.emit('arrival');
    });
  }

  /** Rejects with the status of an upgrade that is refused. */
  static async open(url: string, options: ClientOptions = {}): Promise<TestClient> {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), options);
    const client = new TestClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('unexpected-response', (_, { statusCode = 0 }) =>
        reject(new Error(`HTTP ${statusCode}`)),
      );
      socket.once('error', reject);
    });
    socket.on('error', () => undefined);
    return client;
  }

  send(event: { type: string; [field: string]: unknown }): void {
    this.#socket.send(JSON.stringify(event));
  }

  sendText(text: string): void {
    this.#socket.send(text);
  }

  /** Sound in the format of the session, in pieces as a room gives them. */
  sendSound(bytes: Uint8Array, pieceBytes = 4800): void {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const audio = Buffer.from(bytes.subarray(at, at + pieceBytes)).toString('base64');
      this.send({ type: 'input_audio_buffer.append', audio });
    }
  }

  /** The first event of this type from `from` (an index) on that fits. */
  async event(
    type: string,
    fits: (event: ReceivedEvent) => boolean = () => true,
    from = 0,
  ): Promise<ReceivedEvent> {
    const deadline = AbortSignal.timeout(patienceMs);
    for (;;) {
      const found = this.received.slice(from).find((event) => event.type === type && fits(event));
      if (found) return found;
      await once(this.#arrivals, 'arrival', { signal: deadline }).catch(() => {
        const seen = this.received.slice(from).map((event) => event.type);
        throw new Error(`No ${type} came, only: ${seen.join(', ')}`);
      });
    }
  }

  all(type: string): ReceivedEvent[] {
    return this.received.filter((event) => event.type === type);
  }

  /** The answer to an event that is wrong. */
  async errorFor(event: { type: string; [field: string]: unknown }): Promise<ReceivedEvent> {
    const from = this.received.length;
    const id = `check_${from}`;
    this.send({ event_id: id, ...event });
    return this.event(
      'error',
      ({ error }) => (error as { event_id?: string }).event_id === id,
      from,
    );
  }

  /** The sound of one item. */
  sound(type: string, itemId?: unknown): Buffer {
    const deltas = this.all(type).filter(
      (event) => itemId === undefined || event['item_id'] === itemId,
    );
    return Buffer.concat(deltas.map(({ delta }) => Buffer.from(String(delta), 'base64')));
  }

  /** The code and reason of the end. */
  async closed(): Promise<{ code: number; reason: string }> {
    if (this.#socket.readyState === WebSocket.CLOSED) return { code: 0, reason: '' };
    const [code, reason] = (await once(this.#socket, 'close', {
      signal: AbortSignal.timeout(patienceMs),
    })) as [number, Buffer];
    return { code, reason: reason.toString('utf8') };
  }

  close(): void {
    this.#socket.close();
  }
}

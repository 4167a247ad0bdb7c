import { EventEmitter, once } from 'node:events';
import type { Socket } from 'node:net';
import type { z } from 'zod';
import { encodeFrame, FrameError, FrameReader } from './frames.ts';

interface ConnectionEvents<Incoming> {
  message: [header: Incoming, payload: Uint8Array];
  /** Once, and last. The reason is there when the other side broke the protocol or the socket failed. */
  close: [reason: Error | undefined];
}

/** A socket that speaks frames whose headers fit a schema. Malformed input closes this connection and no other. */
export class Connection<Incoming, Outgoing> extends EventEmitter<ConnectionEvents<Incoming>> {
  readonly #socket: Socket;
  readonly #incoming: z.ZodType<Incoming>;
  readonly #reader = new FrameReader();
  #reason: Error | undefined;

  constructor(socket: Socket, incoming: z.ZodType<Incoming>) {
    super();
    this.#socket = socket;
    this.#incoming = incoming;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', (error) => (this.#reason ??= error));
    socket.on('close', () => this.emit('close', this.#reason));
  }

  get open(): boolean {
    return this.#socket.writable;
  }

  /** Does nothing once the connection is closed. */
  send(header: Outgoing, payload?: Uint8Array): void {
    if (this.open) this.#socket.write(encodeFrame(header, payload));
  }

  /** Resolves when the other side has taken most of what was sent, or the connection is closed. */
  async drained(): Promise<void> {
    if (!this.open || !this.#socket.writableNeedDrain) return;
    const settled = new AbortController();
    const options = { signal: settled.signal };
    await Promise.race([once(this.#socket, 'drain', options), once(this.#socket, 'close', options)])
      .catch(() => undefined)
      .finally(() => settled.abort());
  }

  close(reason?: Error): void {
    this.#reason ??= reason;
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    try {
      for (const { header, payload } of this.#reader.push(chunk)) {
        if (this.#socket.destroyed) return;
        const parsed = this.#incoming.safeParse(header);
        if (!parsed.success)
          throw new FrameError(`Not a message: ${parsed.error.issues[0]?.message}`);
        this.emit('message', parsed.data, payload);
      }
    } catch (error) {
      this.close(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

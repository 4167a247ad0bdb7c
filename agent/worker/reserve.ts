import { createServer, type Server, type Socket } from 'node:net';
import { listenOn } from './local-server.ts';

/** The environment variable by which a process that is begun for a later conversation learns whom to ask. */
export const reserveSocketVariable = 'PARLEY_RESERVE_SOCKET';

/** What such a process is told when it may load; a connection that ends without it means that nobody wants it any more. */
export const mayLoad = '!';

/**
 * Says when the process for the next conversation loads. The framework begins it in the moment in which the last one
 * was given away, so that its loading, some seconds of a processor, falls on the first words of that conversation. On
 * a machine of few processors that the browser shares, these words came with holes in them (docs/benchmarks.md).
 */
export class Reserve {
  readonly #held = new Set<Socket>();
  readonly #server: Server;
  readonly #holdMs: number;
  #holding: NodeJS.Timeout | undefined;

  /** Resolves when it listens. Each call of `somebodyComes` holds the processes back for `holdMs`, of which 0 is never. */
  static async on(socketPath: string, holdMs: number): Promise<Reserve> {
    const reserve = new Reserve(holdMs);
    await listenOn(reserve.#server, socketPath);
    return reserve;
  }

  private constructor(holdMs: number) {
    this.#holdMs = holdMs;
    this.#server = createServer((socket) => {
      socket.on('error', () => undefined);
      this.#held.add(socket);
      socket.once('close', () => this.#held.delete(socket));
      if (!this.#holding) this.#letLoad();
    });
  }

  /** How many wait for leave to load. */
  get held(): number {
    return this.#held.size;
  }

  /** Whoever is held back is needed now, for there is nobody else; who begins later has time. */
  somebodyComes(): void {
    this.#letLoad();
    if (this.#holdMs > 0) this.#holding = setTimeout(() => this.#letLoad(), this.#holdMs).unref();
  }

  /** No conversation is under way that loading could disturb. */
  nobodyTalks(): void {
    this.#letLoad();
  }

  /** Ends whoever is held back, and whoever still comes. */
  close(): Promise<void> {
    clearTimeout(this.#holding);
    for (const socket of this.#held) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #letLoad(): void {
    clearTimeout(this.#holding);
    this.#holding = undefined;
    for (const socket of this.#held) socket.end(mayLoad);
    this.#held.clear();
  }
}

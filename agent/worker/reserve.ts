import { createServer, type Server, type Socket } from 'node:net';
import { listenOn } from './local-server.ts';

/** The environment variable by which a process that is begun for a later conversation learns whom to ask. */
export const reserveSocketVariable = 'PARLEY_RESERVE_SOCKET';

/** What such a process is told when it may load; a connection that ends without it means that nobody wants it any more. */
export const mayLoad = '!';

/** Whoever has waited so long for a process, in ms, is not coming any more. */
const longestWaitMs = 30_000;

/**
 * For so long, in ms, a process is taken to be on its way to whoever was promised one. LiveKit may have withdrawn the call,
 * if the answer reached it too late, and does not say so.
 */
export const promisedMs = 10_000;

/**
 * Says when the process for the next conversation loads. The framework begins it in the moment in which the last one
 * was given away, so that its loading, some seconds of a processor, falls on the first words of that conversation. On
 * a machine of few processors that the browser shares, these words came with holes in them (docs/benchmarks.md).
 */
export class Reserve {
  readonly #held = new Set<Socket>();
  /** When those came who have no process yet, ms of `performance.now`; the longest wait comes first. */
  #waiting: readonly number[] = [];
  readonly #server: Server;
  readonly #holdMs: number;
  #holding: NodeJS.Timeout | undefined;

  /**
   * Resolves when it listens. Each call of `somebodyComes` holds the processes back for `holdMs`, of which 0 is never;
   * `begun` hears of each process that is begun.
   */
  static async on(
    socketPath: string,
    holdMs: number,
    begun: () => void = () => undefined,
  ): Promise<Reserve> {
    const reserve = new Reserve(holdMs, begun);
    await listenOn(reserve.#server, socketPath);
    return reserve;
  }

  private constructor(holdMs: number, begun: () => void) {
    this.#holdMs = holdMs;
    this.#server = createServer((socket) => {
      socket.on('error', () => undefined);
      this.#held.add(socket);
      socket.once('close', () => this.#held.delete(socket));
      // A process is begun because one was given away: to whoever had waited longest.
      this.#waiting = this.#stillWaiting().slice(1);
      if (!this.#holding || this.#waiting.length > 0) this.#letLoad();
      begun();
    });
  }

  /** How many wait for leave to load. */
  get held(): number {
    return this.#held.size;
  }

  /** Whether a process is on its way to somebody. */
  get isAwaited(): boolean {
    return this.#waiting.some((sinceMs) => performance.now() - sinceMs < promisedMs);
  }

  /** Whoever is held back is needed now, for there is nobody else; who begins later has time, if nobody waits for it. */
  somebodyComes(): void {
    this.#waiting = [...this.#stillWaiting(), performance.now()];
    this.#endHold();
    if (this.#holdMs > 0) this.#holding = setTimeout(() => this.#endHold(), this.#holdMs).unref();
  }

  /** No conversation is under way that loading could disturb. */
  nobodyTalks(): void {
    this.#endHold();
  }

  /** Ends whoever is held back, and whoever still comes. */
  close(): Promise<void> {
    clearTimeout(this.#holding);
    for (const socket of this.#held) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** Not everybody who was promised a process is given to this worker in the end. */
  #stillWaiting(): readonly number[] {
    return this.#waiting.filter((sinceMs) => performance.now() - sinceMs < longestWaitMs);
  }

  #endHold(): void {
    clearTimeout(this.#holding);
    this.#holding = undefined;
    this.#letLoad();
  }

  #letLoad(): void {
    for (const socket of this.#held) socket.end(mayLoad);
    this.#held.clear();
  }
}

import { setTimeout as delay } from 'node:timers/promises';

/** LiveKit gives a worker so long to answer a call, in ms (the default of its `psrpc`); then nobody takes it any more. */
const answeredWithinMs = 3000;

interface WaitingRoomsOptions {
  /** Whether somebody is in the room, and no assistant. */
  readonly isMissing: (room: string) => Promise<boolean>;
  /** Asks LiveKit for an assistant in the room. */
  readonly call: (room: string) => Promise<void>;
  /** Whether the process that is there, or being loaded, is promised to somebody. */
  readonly isFull: () => boolean;
  /** A room waits no longer than this until it is looked whether there is a process, in ms. */
  readonly patienceMs: number;
  readonly onError: (error: unknown) => void;
}

/**
 * Rooms for which this worker had no process at the time of their call, in the order of their calls. They are called
 * anew when there is one, and only if somebody still waits there: the framework would keep their calls, and would spend a
 * process of some seconds' loading on each, however long its person has been gone.
 */
export class WaitingRooms {
  readonly #waiting = new Set<string>();
  readonly #options: WaitingRoomsOptions;
  #calling = false;

  constructor(options: WaitingRoomsOptions) {
    this.#options = options;
  }

  /** True if the call of a room can be taken now; else the room waits. */
  admit(room: string): boolean {
    const { isFull, patienceMs } = this.#options;
    if (!isFull()) {
      this.#waiting.delete(room);
      return true;
    }
    this.#waiting.add(room);
    setTimeout(() => void this.callNext(), patienceMs).unref();
    return false;
  }

  /** To be called when a process is begun: calls for those who wait, until there is none for the next. */
  async callNext(): Promise<void> {
    const { isMissing, call, isFull, onError } = this.#options;
    if (this.#calling) return;
    this.#calling = true;
    try {
      for (const room of this.#waiting) {
        if (isFull()) return;
        this.#waiting.delete(room);
        if (!(await isMissing(room))) continue;
        await call(room);
        await this.#untilTaken();
      }
    } catch (error) {
      onError(error);
    } finally {
      this.#calling = false;
    }
  }

  /** Another worker may have taken the call, and then the process here is still to be had. */
  async #untilTaken(): Promise<void> {
    const untilMs = performance.now() + answeredWithinMs;
    while (!this.#options.isFull() && performance.now() < untilMs) {
      await delay(100, undefined, { ref: false });
    }
  }
}

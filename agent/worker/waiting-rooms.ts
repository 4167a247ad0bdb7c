import { setTimeout as delay } from 'node:timers/promises';

/** LiveKit gives a worker so long to answer a call, in ms (the default of its `psrpc`); then nobody takes it any more. */
const answeredWithinMs = 3000;

/** What the rooms that wait are asked and told. */
export interface Rooms {
  /** Whether somebody is in the room, and no assistant. */
  isMissing(room: string): Promise<boolean>;
  /** Asks LiveKit for an assistant in the room. */
  call(room: string): Promise<void>;
}

/**
 * Rooms for which this worker had no process at the time of their call, in the order of their calls. They are called
 * anew when there is one, and only if somebody still waits there: the framework would keep their calls, and would spend a
 * process of some seconds' loading on each, however long its person has been gone.
 */
export class WaitingRooms {
  readonly #waiting = new Set<string>();
  readonly #rooms: Rooms;
  /** Whether all processes that are there or being loaded are promised to somebody. */
  readonly #isFull: () => boolean;
  #calling = false;

  constructor(rooms: Rooms, isFull: () => boolean) {
    this.#rooms = rooms;
    this.#isFull = isFull;
  }

  /** True if the call of a room can be taken now; else the room waits. */
  admit(room: string): boolean {
    const full = this.#isFull();
    if (full) this.#waiting.add(room);
    else this.#waiting.delete(room);
    return !full;
  }

  /** Calls for those who wait until there is no process for the next. Rejects if LiveKit refuses. */
  async callNext(): Promise<void> {
    if (this.#calling) return;
    this.#calling = true;
    try {
      for (const room of this.#waiting) {
        if (this.#isFull()) return;
        this.#waiting.delete(room);
        if (!(await this.#rooms.isMissing(room))) continue;
        await this.#rooms.call(room);
        await this.#untilTaken();
      }
    } finally {
      this.#calling = false;
    }
  }

  /** Another worker may have taken the call, and then the process here is still to be had. */
  async #untilTaken(): Promise<void> {
    const untilMs = performance.now() + answeredWithinMs;
    while (!this.#isFull() && performance.now() < untilMs) {
      await delay(100, undefined, { ref: false });
    }
  }
}

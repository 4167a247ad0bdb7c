/** Runs `callback` after `delayMs`; the returned function calls it off. */
export type Schedule = (delayMs: number, callback: () => void) => () => void;

/** A running timer as plain data. Times are ms since the epoch on the injected clock. */
export interface TimerState {
  readonly id: number;
  readonly name?: string | undefined;
  readonly durationMs: number;
  readonly endsAtMs: number;
}

export interface TimersOptions {
  now(): Date;
  readonly schedule?: Schedule;
  /** Called once when a timer runs out, after it has left the list. */
  onRing(timer: TimerState): void;
}

/** `setTimeout` counts in a signed 32-bit number of ms; a day is well below that. */
export const longestTimerMs = 24 * 60 * 60 * 1000;
const mostTimers = 50;

/** The timers of one conversation. They ring through `onRing`; `close` calls all of them off. */
export class Timers {
  readonly #options: TimersOptions;
  readonly #schedule: Schedule;
  readonly #running = new Map<number, { state: TimerState; release: () => void }>();
  #lastId = 0;

  constructor(options: TimersOptions) {
    this.#options = options;
    this.#schedule = options.schedule ?? scheduleWithSetTimeout;
  }

  /** Starts a timer. Throws a `RangeError` if the duration is not above 0 and at most a day, or if 50 run already. */
  set(durationMs: number, name?: string): TimerState {
    if (!(durationMs > 0 && durationMs <= longestTimerMs)) {
      throw new RangeError('A timer runs for more than nothing and at most 24 hours.');
    }
    return this.#start({
      id: ++this.#lastId,
      name: name === '' ? undefined : name,
      durationMs,
      endsAtMs: this.#options.now().getTime() + durationMs,
    });
  }

  /** The running timers, the next to ring first. */
  list(): readonly TimerState[] {
    return [...this.#running.values()]
      .map(({ state }) => state)
      .sort((a, b) => a.endsAtMs - b.endsAtMs || a.id - b.id);
  }

  remainingMs(timer: TimerState): number {
    return Math.max(0, timer.endsAtMs - this.#options.now().getTime());
  }

  cancel(id: number): boolean {
    const timer = this.#running.get(id);
    timer?.release();
    return this.#running.delete(id);
  }

  /** Takes up timers of an earlier stay; those that ran out meanwhile ring at once. */
  restore(timers: readonly TimerState[]): void {
    for (const timer of timers) {
      if (this.#running.has(timer.id)) continue;
      this.#lastId = Math.max(this.#lastId, timer.id);
      this.#start(timer);
    }
  }

  close(): void {
    for (const { release } of this.#running.values()) release();
    this.#running.clear();
  }

  #start(state: TimerState): TimerState {
    if (this.#running.size >= mostTimers) {
      throw new RangeError(`More than ${mostTimers} timers cannot run at once.`);
    }
    const release = this.#schedule(this.remainingMs(state), () => {
      this.#running.delete(state.id);
      this.#options.onRing(state);
    });
    this.#running.set(state.id, { state, release });
    return state;
  }
}

function scheduleWithSetTimeout(delayMs: number, callback: () => void): () => void {
  const handle = setTimeout(callback, delayMs);
  return () => clearTimeout(handle);
}

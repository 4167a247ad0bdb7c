/** Estimates how long work still takes, from how fast it has gone so far. Pauses do not count. */
export class Pace {
  readonly #now: () => number;
  #activeMs = 0;
  #sinceMs: number | undefined;

  /** `now` in ms, from any moment on. */
  constructor(now: () => number) {
    this.#now = now;
  }

  go(): void {
    this.#sinceMs ??= this.#now();
  }

  rest(): void {
    this.#activeMs = this.#elapsedMs();
    this.#sinceMs = undefined;
  }

  /** In ms; undefined while too little is done to tell. `done` and `all` in any unit. */
  leftMs(done: number, all: number): number | undefined {
    const elapsedMs = this.#elapsedMs();
    if (elapsedMs < 500 || done <= 0) return undefined;
    return (elapsedMs / done) * (all - done);
  }

  #elapsedMs(): number {
    return this.#activeMs + (this.#sinceMs === undefined ? 0 : this.#now() - this.#sinceMs);
  }
}

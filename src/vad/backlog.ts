/** Single frames are late for many reasons; of so much time, in ms, only the one that is the least late counts. */
const windowMs = 500;
/** Less than this, in ms, is the drift of two clocks and no hiccup. */
const hiccupMs = 4;
/**
 * From so much on, in ms, a backlog is worth what clearing it takes: a hole in the sound, and an echo canceller that has to
 * learn the room anew and meanwhile takes the beginnings of speech for echo.
 */
const worthMs = 60;
/**
 * Where it piles up again at once, the machine is too busy for it to help: so often at most, in ms. With a minute instead, a
 * person was heard 130 ms later at the median (docs/benchmarks.md).
 */
const restMs = 15_000;
/** The hiccups of the clearing itself are over after so long, in ms. */
const clearingMs = 1500;

/**
 * Tells how much sound waits in front of an audio graph, by two clocks: whenever the output hesitates, the graph's own
 * clock falls behind the wall clock, and what the microphone delivers meanwhile stays in a queue.
 */
export class Backlog {
  /** What happened before anybody looked cannot be known, so there may be one. */
  #grownMs = worthMs;
  #window: { readonly sinceMs: number; leastMs: number } | undefined;
  #leastBeforeMs: number | undefined;
  #ignoresUntilMs = 0;
  #restsUntilMs = 0;
  #nowMs = 0;

  /** Takes when a frame was taken in, in s by the graph's clock and in ms by the wall clock. */
  hear({ atS, atMs }: { readonly atS: number; readonly atMs: number }): void {
    this.#nowMs = atMs;
    const lateMs = atMs - atS * 1000;
    this.#window ??= { sinceMs: atMs, leastMs: lateMs };
    this.#window.leastMs = Math.min(this.#window.leastMs, lateMs);
    if (atMs - this.#window.sinceMs < windowMs) return;
    this.#follow(this.#window.leastMs);
    this.#window = undefined;
  }

  /** Whether there is one that should be cleared. */
  get isWorthClearing(): boolean {
    return this.#nowMs >= this.#restsUntilMs && this.#grownMs >= worthMs;
  }

  /** It is being cleared now. */
  clear(): void {
    this.#grownMs = 0;
    this.#ignoresUntilMs = this.#nowMs + clearingMs;
    this.#restsUntilMs = this.#nowMs + restMs;
  }

  #follow(leastMs: number): void {
    const stepMs = leastMs - (this.#leastBeforeMs ?? leastMs);
    this.#leastBeforeMs = leastMs;
    if (this.#nowMs < this.#ignoresUntilMs || Math.abs(stepMs) < hiccupMs) return;
    this.#grownMs = Math.max(0, this.#grownMs + stepMs);
  }
}

/** How often an engine says that it lives, in ms. */
export const heartbeatMs = 1000;
/** Looks in a row without a sign of life after which it counts as hung. */
const missedOfHung = 10;

/**
 * Calls `onHung` once where no `beat` comes for about ten seconds. It counts its own looks rather than time: a laptop that
 * slept, or this process having been held up itself, is no fault of the engine's.
 */
export class Heartbeat {
  readonly #looking: NodeJS.Timeout;
  #missed = 0;

  constructor(onHung: () => void) {
    this.#looking = setInterval(() => {
      this.#missed += 1;
      if (this.#missed < missedOfHung) return;
      this.stop();
      onHung();
    }, heartbeatMs);
    this.#looking.unref();
  }

  beat(): void {
    this.#missed = 0;
  }

  stop(): void {
    clearInterval(this.#looking);
  }
}

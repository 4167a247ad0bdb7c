/** How often silence is told while it may still end a turn, in ms. */
const tellEveryMs = 32;

/**
 * Tells, after the page has heard speech end, how long it has been quiet at the microphone by now. What listens to the
 * sound would know only when the sound of the silence has come.
 */
export class EndpointHints {
  readonly #tell: (forMs: number) => void;
  readonly #longestMs: number;
  #timer: NodeJS.Timeout | undefined;

  /** `tell` is called with ms of silence, until there have been `longestMs` of it. */
  constructor(tell: (forMs: number) => void, longestMs: number) {
    this.#tell = tell;
    this.#longestMs = longestMs;
  }

  /** `endedAtMs`: when the speech ended, on this machine's clock. */
  stopped(endedAtMs: number): void {
    this.withdraw();
    this.#timer = setInterval(() => {
      const forMs = Date.now() - endedAtMs;
      if (forMs > this.#longestMs) this.withdraw();
      else this.#tell(forMs);
    }, tellEveryMs);
  }

  /** Somebody speaks again, or nobody tells any more. */
  withdraw(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

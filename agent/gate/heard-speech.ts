/** The page hears speech end so long before it says so, in ms: speech that goes on may have ended. */
const hangOverMs = 200;
/** A recogniser may take so long, in ms, to make words of what was said. */
const recognitionMs = 3000;

/** Remembers for how long the page has lately heard somebody speak without a pause. Times in ms. */
export class HeardSpeech {
  #startedAtMs: number | undefined;
  /** Those that a recogniser may still make words of. */
  #stretches: { readonly endedAtMs: number; readonly lastedMs: number }[] = [];

  started(atMs: number): void {
    this.#startedAtMs = atMs;
  }

  stopped(endedAtMs: number): void {
    const lastedMs = endedAtMs - (this.#startedAtMs ?? endedAtMs);
    this.#startedAtMs = undefined;
    this.#forget(endedAtMs);
    this.#stretches.push({ endedAtMs, lastedMs });
  }

  /** The longest stretch of speech that words recognised now can be made of; 0 if there was none. */
  longestMs(nowMs: number): number {
    this.#forget(nowMs);
    const lastsMs = nowMs - hangOverMs - (this.#startedAtMs ?? nowMs);
    return Math.max(0, lastsMs, ...this.#stretches.map(({ lastedMs }) => lastedMs));
  }

  #forget(nowMs: number): void {
    this.#stretches = this.#stretches.filter(({ endedAtMs }) => nowMs <= endedAtMs + recognitionMs);
  }
}

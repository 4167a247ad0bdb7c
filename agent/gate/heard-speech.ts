/** Speech shorter than this, in ms, says no word: it is a cough, or what an echo canceller lets through. */
const shortestWordMs = 160;
/** The page hears speech end so long before it says so, in ms: speech that goes on may have ended. */
const hangOverMs = 200;
/** A recogniser may take so long, in ms, to make words of what was said. */
const recognitionMs = 3000;

/** Remembers whether the page has lately heard somebody speak for long enough that words can be theirs. Times in ms. */
export class HeardSpeech {
  #startedAtMs: number | undefined;
  #provenUntilMs = -Infinity;

  started(atMs: number): void {
    this.#startedAtMs = atMs;
  }

  stopped(endedAtMs: number): void {
    const lastedMs = endedAtMs - (this.#startedAtMs ?? endedAtMs);
    this.#startedAtMs = undefined;
    if (lastedMs >= shortestWordMs) this.#provenUntilMs = endedAtMs + recognitionMs;
  }

  isProven(nowMs: number): boolean {
    const lastsMs = nowMs - (this.#startedAtMs ?? nowMs);
    return lastsMs >= shortestWordMs + hangOverMs || nowMs <= this.#provenUntilMs;
  }
}

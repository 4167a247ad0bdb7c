import { inputRateHz } from './wire/input-events.ts';

/** The beginning of a word that was not loud yet, in ms. */
const preRollMs = 320;

/**
 * What was said since the last reply began, kept so that a new connection can hear it if the old one is lost before it
 * has answered.
 */
export class RecentSpeech {
  readonly #maxMs: number;
  #chunks: Int16Array[] = [];
  #samples = 0;

  constructor(maxMs: number) {
    this.#maxMs = maxMs;
  }

  /** `quiet`: nobody has spoken for some time, so only the last moment is worth keeping. */
  add(chunk: Int16Array, quiet: boolean): void {
    this.#chunks.push(chunk);
    this.#samples += chunk.length;
    const keptSamples = ((quiet ? preRollMs : this.#maxMs) / 1000) * inputRateHz;
    let surplus = 0;
    for (const oldest of this.#chunks) {
      if (this.#samples <= keptSamples) break;
      this.#samples -= oldest.length;
      surplus += 1;
    }
    this.#chunks.splice(0, surplus);
  }

  get chunks(): readonly Int16Array[] {
    return this.#chunks;
  }

  clear(): void {
    this.#chunks = [];
    this.#samples = 0;
  }
}

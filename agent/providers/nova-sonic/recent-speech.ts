const chunkMs = 32;
/** The beginning of a word that was not loud yet, in ms. */
const preRollMs = 320;

/**
 * What was said since the last reply began, kept so that a new connection can hear it if the old one is lost before it
 * has answered.
 */
export class RecentSpeech {
  readonly #maxMs: number;
  #chunks: Int16Array[] = [];

  constructor(maxMs: number) {
    this.#maxMs = maxMs;
  }

  /** `quiet`: nobody has spoken for some time, so only the last moment is worth keeping. */
  add(chunk: Int16Array, quiet: boolean): void {
    this.#chunks.push(chunk);
    const keepMs = quiet ? preRollMs : this.#maxMs;
    const surplus = this.#chunks.length - Math.floor(keepMs / chunkMs);
    if (surplus > 0) this.#chunks.splice(0, surplus);
  }

  get chunks(): readonly Int16Array[] {
    return this.#chunks;
  }

  clear(): void {
    this.#chunks = [];
  }
}

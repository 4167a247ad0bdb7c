/** Keeps the audio that was used last, up to a number of bytes. */
export class AudioCache {
  readonly #limitBytes: number;
  /** In the order of their last use, oldest first. */
  readonly #entries = new Map<string, Int16Array>();
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(key: string): Int16Array | undefined {
    const audio = this.#entries.get(key);
    if (!audio) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, audio);
    return audio;
  }

  set(key: string, audio: Int16Array): void {
    this.#remove(key);
    this.#entries.set(key, audio);
    this.#bytes += audio.byteLength;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#limitBytes) return;
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    this.#bytes -= this.#entries.get(key)?.byteLength ?? 0;
    this.#entries.delete(key);
  }
}

/** A decoder that is given what it needs and gives nothing for so long is stuck, in ms. */
const stuckMs = 20_000;

type Waiting = 'for-input' | 'to-be-read' | 'over';

/** Ends a decoder that is stuck. It is not to blame while it waits for bytes, or for somebody to take what it made. */
export class DecoderWatch {
  readonly #onStuck: () => void;
  readonly #waiting = new Set<Waiting>();
  #timer: NodeJS.Timeout;

  constructor(onStuck: () => void) {
    this.#onStuck = onStuck;
    this.#timer = setTimeout(onStuck, stuckMs);
  }

  /** What goes to the decoder. */
  async *input(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    this.#wait('for-input');
    for await (const chunk of chunks) {
      this.#goOn('for-input');
      yield chunk;
      this.#wait('for-input');
    }
    this.#goOn('for-input');
  }

  /** What comes from the decoder. */
  async *output(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.#wait('to-be-read');
      yield chunk;
      this.#goOn('to-be-read');
    }
  }

  stop(): void {
    this.#wait('over');
  }

  #wait(why: Waiting): void {
    this.#waiting.add(why);
    clearTimeout(this.#timer);
  }

  #goOn(why: Waiting): void {
    this.#waiting.delete(why);
    clearTimeout(this.#timer);
    if (this.#waiting.size === 0) this.#timer = setTimeout(this.#onStuck, stuckMs);
  }
}

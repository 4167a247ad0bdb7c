/** What waits to be sent. Iterated once, by the request; it never blocks whoever writes. */
export class InputQueue<T> implements AsyncIterable<T> {
  readonly #waiting: { readonly item: T; readonly sinceMs: number }[] = [];
  #ended = false;
  #wake: (() => void) | undefined;

  push(item: T): void {
    if (this.#ended) return;
    this.#waiting.push({ item, sinceMs: performance.now() });
    this.#wake?.();
  }

  /** What waits is still sent. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** For how long the oldest item has waited to be taken, in ms; 0 with none. */
  get waitedMs(): number {
    const oldest = this.#waiting[0];
    return oldest ? performance.now() - oldest.sinceMs : 0;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next) yield next.item;
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

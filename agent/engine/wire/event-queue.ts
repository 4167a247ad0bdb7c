type Outcome = { kind: 'open' } | { kind: 'ended' } | { kind: 'failed'; error: Error };

/** What one side pushes, one other side iterates over, in order and without limit. */
export class EventQueue<T> implements AsyncIterable<T> {
  #items: T[] = [];
  #outcome: Outcome = { kind: 'open' };
  #wake: (() => void) | undefined;

  /** True once `end` or `fail` was called, though items may still wait to be read. */
  get finished(): boolean {
    return this.#outcome.kind !== 'open';
  }

  /** Ignored after the end. */
  push(item: T): void {
    if (this.finished) return;
    this.#items.push(item);
    this.#wake?.();
  }

  /** The iteration ends after what is already there, or with `discard` at once. */
  end({ discard = false }: { discard?: boolean } = {}): void {
    if (discard) this.#items = [];
    this.#settle({ kind: 'ended' });
  }

  /** The iteration throws this after what is already there. */
  fail(error: Error): void {
    this.#settle({ kind: 'failed', error });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const [item] = this.#items.splice(0, 1);
      if (item !== undefined) yield item;
      else if (this.#outcome.kind === 'failed') throw this.#outcome.error;
      else if (this.#outcome.kind === 'ended') return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #settle(outcome: Outcome): void {
    if (!this.finished) this.#outcome = outcome;
    this.#wake?.();
  }
}

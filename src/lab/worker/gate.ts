/** Lets work pass, or holds it up. */
export class Gate {
  #opened: Promise<void> | undefined;
  #open: (() => void) | undefined;
  #heldMs = 0;

  /** How long work was held up in all, in ms. */
  get heldMs(): number {
    return this.#heldMs;
  }

  shut(): void {
    this.#opened ??= new Promise((resolve) => (this.#open = resolve));
  }

  open(): void {
    this.#open?.();
    this.#opened = undefined;
  }

  /** At once while the gate is open. */
  async pass(): Promise<void> {
    if (!this.#opened) return;
    const cameMs = performance.now();
    await this.#opened;
    this.#heldMs += performance.now() - cameMs;
  }
}

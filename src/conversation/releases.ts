type Release = () => void | Promise<void>;

/** Collects what has to be given back, and gives it back in reverse order, each in any case and only once. */
export class Releases {
  #pending: Release[] = [];

  add(release: Release): void {
    this.#pending.push(release);
  }

  async run(): Promise<void> {
    const pending = this.#pending.reverse();
    this.#pending = [];
    // All begin at once, so nothing that takes its time keeps the rest alive.
    const outcomes = pending.map(async (release) => release());
    await Promise.allSettled(outcomes);
  }
}

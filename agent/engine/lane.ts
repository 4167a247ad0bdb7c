type Urgency = 'soon' | 'whenever';

interface Job {
  readonly urgency: Urgency;
  run(): Promise<void>;
}

/** Runs jobs one after another; those that are wanted soon go before those that can wait. */
export class Lane {
  readonly #waiting: Job[] = [];
  #busy = false;

  /** Jobs that wait for their turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  get idle(): boolean {
    return !this.#busy;
  }

  run<T>(work: () => Promise<T>, urgency: Urgency = 'soon'): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const job: Job = { urgency, run: () => work().then(resolve, reject) };
      const firstThatCanWait = this.#waiting.findIndex((other) => other.urgency === 'whenever');
      if (urgency === 'soon' && firstThatCanWait >= 0) {
        this.#waiting.splice(firstThatCanWait, 0, job);
      } else {
        this.#waiting.push(job);
      }
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let job = this.#waiting.shift(); job; job = this.#waiting.shift()) await job.run();
    this.#busy = false;
  }
}

/** Half an hour of frames of 32 ms. */
const mostFrames = 56_250;

/** How likely speech was in the microphone at a time on the page's clock, in ms since the epoch; 0 to 1. */
export interface ProbabilityPoint {
  readonly atMs: number;
  readonly probability: number;
}

/** What the page's detector found, frame by frame; the oldest is forgotten. */
export class ProbabilityTrace {
  #times: number[] = [];
  #probabilities: number[] = [];

  add(atMs: number, probability: number): void {
    this.#times.push(atMs);
    this.#probabilities.push(probability);
    if (this.#times.length <= mostFrames * 1.1) return;
    this.#times = this.#times.slice(-mostFrames);
    this.#probabilities = this.#probabilities.slice(-mostFrames);
  }

  clear(): void {
    this.#times = [];
    this.#probabilities = [];
  }

  /** In the order of time; both ends are included. */
  between(fromMs: number, toMs: number): readonly ProbabilityPoint[] {
    const points: ProbabilityPoint[] = [];
    for (let index = this.#firstFrom(fromMs); index < this.#times.length; index += 1) {
      const atMs = this.#times[index] ?? Infinity;
      if (atMs > toMs) break;
      points.push({ atMs, probability: this.#probabilities[index] ?? 0 });
    }
    return points;
  }

  #firstFrom(fromMs: number): number {
    let low = 0;
    let high = this.#times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#times[middle] ?? Infinity) < fromMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

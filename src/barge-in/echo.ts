/** Levels are taken over 8 ms, so that the delay of an echo shows. */
export const levelMs = 8;

const historyMs = 2400;
const comparedMs = 1000;
const longestDelayMs = 400;
const history = historyMs / levelMs;
const compared = comparedMs / levelMs;
const delays = longestDelayMs / levelMs + 1;

/** Quieter than this nothing is told apart, in dBFS. */
const floorDb = -66;
/** The assistant's sound counts from here on, in dBFS. */
const farFromDb = -48;
/** How alike the two curves must be, over the last seconds, for the microphone to be known to hear the speaker. */
const alike = 0.55;
/** Time constant of what is remembered of likeness, in comparisons (32 ms each). */
const memory = 60;
/** An echo is at most this much louder than the coupling that was learnt, in dB. */
const marginDb = 6;
/** So alike only an echo with nobody speaking over it is: then its loudness is learnt. */
const surelyEcho = 0.7;
/** The coupling is the level under which this share of the echo lies. */
const share = 0.9;
const stepDb = 1;

/** How the microphone hears the speaker. */
export interface EchoPath {
  readonly delayMs: number;
  /** How much louder than what is played its echo is at most, in dB; well below 0 as a rule. */
  readonly couplingDb: number;
}

/**
 * Learns whether, how late and how loudly the microphone hears the assistant, by comparing the two curves of loudness, and
 * tells from then on whether a frame is no more than that echo. With headphones, or an echo canceller that does its work,
 * the curves have nothing in common and no frame is an echo.
 */
export class EchoDetector {
  readonly #near = new Float32Array(history).fill(floorDb);
  readonly #far = new Float32Array(history).fill(floorDb);
  readonly #likeness = new Float32Array(delays);
  /** What the comparison of the last second alone says. */
  readonly #newest = new Float32Array(delays);
  #couplingDb = -40;
  #weight = 0;

  /** How late the speaker is heard, in ms; undefined while it is not. */
  get delayMs(): number | undefined {
    return this.#bestLikeness() >= alike ? this.#bestDelay() * levelMs : undefined;
  }

  /** The way from the speaker to the microphone; undefined while none is heard. */
  get path(): EchoPath | undefined {
    const { delayMs } = this;
    return delayMs === undefined ? undefined : { delayMs, couplingDb: this.#couplingDb };
  }

  /**
   * Takes the levels (RMS, [0, 1]) of the same time from microphone and speaker, `levelMs` each, as many as came in. The
   * speaker's are those of what was really played. Returns whether the newest of the microphone's are no more than echo.
   */
  hear(near: readonly number[], far: readonly number[]): boolean {
    push(this.#near, near);
    push(this.#far, far);
    const recentFar = this.#far.subarray(history - compared - delays);
    if (loudest(recentFar) >= farFromDb) this.#compare();
    if (this.delayMs === undefined) return false;
    const delay = this.#bestDelay();
    const count = Math.max(1, near.length);
    // The delay is known to about a step, and a room smears a little.
    const end = history - delay + 1;
    const heardFar = loudest(
      this.#far.subarray(Math.max(0, end - count - 4), Math.min(history, end)),
    );
    const heardNear = loudest(this.#near.subarray(history - count));
    if (heardFar < farFromDb) return heardNear <= floorDb;
    if ((this.#newest[delay] ?? 0) >= surelyEcho) this.#learnCoupling(heardNear - heardFar);
    return heardNear <= heardFar + this.#couplingDb + marginDb;
  }

  /** A moving quantile of how much quieter than the speaker its echo is. */
  #learnCoupling(differenceDb: number): void {
    const up = differenceDb > this.#couplingDb;
    this.#couplingDb += stepDb * (up ? share : share - 1);
  }

  #compare(): void {
    this.#weight = Math.min(memory, this.#weight + 1);
    const rate = 1 / this.#weight;
    for (let delay = 0; delay < delays; delay += 1) {
      const now = correlation(this.#near, this.#far, delay);
      this.#newest[delay] = now;
      this.#likeness[delay] = (this.#likeness[delay] ?? 0) * (1 - rate) + now * rate;
    }
  }

  #bestDelay(): number {
    return this.#likeness.indexOf(this.#bestLikeness());
  }

  #bestLikeness(): number {
    // The first second has too little in it.
    return this.#weight < memory / 2 ? 0 : this.#likeness.reduce((a, b) => Math.max(a, b), 0);
  }
}

function push(levels: Float32Array, newest: readonly number[]): void {
  levels.copyWithin(0, newest.length);
  levels.set(
    newest.slice(-history).map((rms) => Math.max(floorDb, 20 * Math.log10(rms + 1e-9))),
    Math.max(0, history - newest.length),
  );
}

function loudest(levels: Float32Array): number {
  return levels.reduce((most, level) => Math.max(most, level), floorDb);
}

/** Pearson's, between the last second of the microphone and the speaker's `delay` steps before it; -1 to 1. */
function correlation(near: Float32Array, far: Float32Array, delay: number): number {
  const from = history - compared;
  let sumNear = 0;
  let sumFar = 0;
  for (let i = from; i < history; i += 1) {
    sumNear += near[i] ?? 0;
    sumFar += far[i - delay] ?? 0;
  }
  const meanNear = sumNear / compared;
  const meanFar = sumFar / compared;
  let both = 0;
  let nearSquares = 0;
  let farSquares = 0;
  for (let i = from; i < history; i += 1) {
    const a = (near[i] ?? 0) - meanNear;
    const b = (far[i - delay] ?? 0) - meanFar;
    both += a * b;
    nearSquares += a * a;
    farSquares += b * b;
  }
  // A curve without ups and downs is like nothing.
  return nearSquares < compared || farSquares < compared
    ? 0
    : both / Math.sqrt(nearSquares * farSquares);
}

/** So much of the voice is kept at most while it is lowered, in ms; what is older is lost. */
const longestMs = 6000;
/** Short enough to be at once, long enough not to click. */
const fadeMs = 5;
/** After a drop so much more is passed over, in ms: the end of the reply may still be on its way through the graph. */
const passedOverMs = 60;
/** While there is something to catch up on, a pause lasts no longer than this, in ms. */
const longestPauseMs = 80;
/** The mean square from which on a block is sound: an RMS of 0.002. */
export const soundFrom = 0.002 ** 2;

/**
 * A voice that can be stopped in mid-word and goes on from there: what comes meanwhile is kept. Afterwards it is late by as
 * long as it was held, and makes that up by shortening its pauses. Mono samples, [-1, 1], a block at a time.
 */
export class HeldVoice {
  readonly #kept: Float32Array;
  readonly #step: number;
  readonly #longestPause: number;
  readonly #passedOver: number;
  /** Counts of samples: taken in, and given out or passed over. */
  #taken = 0;
  #given = 0;
  /** Behind the last block with sound in it. */
  #soundUntil = 0;
  #pause = 0;
  #gain = 1;
  #state: 'passing' | 'held' | 'dropping' = 'passing';
  /** Samples still to be passed over. */
  #toPassOver = 0;

  constructor(rateHz: number) {
    this.#kept = new Float32Array(Math.ceil((longestMs * rateHz) / 1000));
    this.#step = 1000 / (fadeMs * rateHz);
    this.#longestPause = (longestPauseMs * rateHz) / 1000;
    this.#passedOver = (passedOverMs * rateHz) / 1000;
  }

  /** Samples by which the voice is late. */
  get late(): number {
    return this.#taken - this.#given;
  }

  /** Whether there is sound in what is kept to be heard. */
  get soundWaits(): boolean {
    return this.#state !== 'dropping' && this.#soundUntil > this.#given;
  }

  hold(): void {
    if (this.#state === 'passing') this.#state = 'held';
  }

  /** Goes on where it was stopped. */
  goOn(): void {
    if (this.#state === 'held') this.#state = 'passing';
  }

  /** What is kept is never to be heard; what comes from now on is. */
  drop(): void {
    if (this.#state === 'passing' && this.late === 0) return;
    this.#state = 'dropping';
    this.#toPassOver = this.#passedOver;
  }

  process(input: Float32Array, output: Float32Array): void {
    this.#take(input);
    if (this.#state === 'passing') this.#give(output);
    else this.#fadeOut(output);
  }

  #take(input: Float32Array): void {
    const size = this.#kept.length;
    for (let i = 0; i < input.length; i += 1) this.#kept[(this.#taken + i) % size] = input[i] ?? 0;
    this.#taken += input.length;
    if (meanSquare(input) >= soundFrom) this.#soundUntil = this.#taken;
    this.#given = Math.max(this.#given, this.#taken - size);
  }

  #give(output: Float32Array): void {
    const { length } = output;
    let isPause = this.#isPause(length);
    while (isPause && this.#pause >= this.#longestPause && this.late >= 2 * length) {
      this.#given += length;
      isPause = this.#isPause(length);
    }
    this.#pause = isPause ? this.#pause + length : 0;
    for (let i = 0; i < length; i += 1) {
      this.#gain = Math.min(1, this.#gain + this.#step);
      output[i] = this.#at(i) * this.#gain;
    }
    this.#given += length;
  }

  /** The fade is not counted as given, so that not a sample of it is lost. */
  #fadeOut(output: Float32Array): void {
    for (let i = 0; i < output.length; i += 1) {
      this.#gain = Math.max(0, this.#gain - this.#step);
      output[i] = this.#gain === 0 ? 0 : this.#at(i) * this.#gain;
    }
    this.#toPassOver -= output.length;
    if (this.#state !== 'dropping' || this.#toPassOver > 0) return;
    this.#given = this.#taken;
    this.#state = 'passing';
  }

  #at(offset: number): number {
    return this.#kept[(this.#given + offset) % this.#kept.length] ?? 0;
  }

  #isPause(length: number): boolean {
    let squares = 0;
    for (let i = 0; i < length; i += 1) squares += this.#at(i) ** 2;
    return squares / length < soundFrom;
  }
}

function meanSquare(samples: Float32Array): number {
  let squares = 0;
  for (const sample of samples) squares += sample * sample;
  return squares / Math.max(1, samples.length);
}

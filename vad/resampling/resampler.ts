/** How many zero crossings of the sinc each side of the kernel has: 70 dB down from 1.15 times the new half rate on. */
const crossings = 12;
/** Where the pass band ends, as a share of half the lower rate. */
const passBand = 0.92;

/**
 * Brings a mono signal from any rate to another, piece by piece with no seam, through a windowed-sinc low-pass. The kernel
 * is worked out once for each place that an output sample can have between two input samples.
 */
export class Resampler {
  /** How far the output lies behind the input, in s. */
  readonly delayS: number;
  readonly #step: number;
  readonly #phases: number;
  readonly #taps: number;
  readonly #kernel: Float32Array;
  /** The latest input: the taps that reach back, then what has not been used yet. */
  #pending: Float32Array;
  #pendingLength: number;
  /** Where the next output lies in `pending`: whole samples and `#phase / #phases` of one. */
  #position = 0;
  #phase = 0;

  /** Rates in whole Hz. Throws a `RangeError` for any other. */
  constructor(fromHz: number, toHz: number) {
    if (!(Number.isInteger(fromHz) && Number.isInteger(toHz) && fromHz > 0 && toHz > 0)) {
      throw new RangeError(`Cannot bring ${fromHz} Hz to ${toHz} Hz.`);
    }
    const shared = greatestCommonDivisor(fromHz, toHz);
    this.#step = fromHz / shared;
    this.#phases = toHz / shared;
    const widening = Math.max(1, fromHz / toHz);
    const half = Math.ceil(crossings * widening);
    this.#taps = 2 * half;
    this.#kernel = kernelOf(this.#phases, half, passBand / widening);
    this.delayS = half / fromHz;
    this.#pending = new Float32Array(4 * this.#taps);
    // What came before the first sample was silence.
    this.#pendingLength = half;
  }

  /** Takes any number of samples and calls `emit` with each output sample that they complete. */
  feed(input: Float32Array, emit: (sample: number) => void): void {
    this.#append(input);
    const { length } = input;
    const taps = this.#taps;
    const pending = this.#pending;
    const kernel = this.#kernel;
    let position = this.#position;
    let phase = this.#phase;
    while (position + taps <= this.#pendingLength) {
      // Two sums, since one would wait for itself at each tap; the number of taps is even.
      let even = 0;
      let odd = 0;
      const kernelAt = phase * taps;
      for (let tap = 0; tap < taps; tap += 2) {
        even += pending[position + tap]! * kernel[kernelAt + tap]!;
        odd += pending[position + tap + 1]! * kernel[kernelAt + tap + 1]!;
      }
      emit(even + odd);
      phase += this.#step;
      position += Math.floor(phase / this.#phases);
      phase %= this.#phases;
    }
    this.#phase = phase;
    const used = Math.min(position, this.#pendingLength);
    if (length > 0 && used > 0) {
      pending.copyWithin(0, used, this.#pendingLength);
      this.#pendingLength -= used;
    }
    this.#position = position - used;
  }

  #append(input: Float32Array): void {
    const needed = this.#pendingLength + input.length;
    if (needed > this.#pending.length) {
      const larger = new Float32Array(2 * needed);
      larger.set(this.#pending.subarray(0, this.#pendingLength));
      this.#pending = larger;
    }
    this.#pending.set(input, this.#pendingLength);
    this.#pendingLength = needed;
  }
}

/** For each phase the taps of a sinc under a Blackman window; each phase passes a constant signal unchanged. */
function kernelOf(phases: number, half: number, cutoff: number): Float32Array {
  const taps = 2 * half;
  const kernel = new Float32Array(phases * taps);
  for (let phase = 0; phase < phases; phase += 1) {
    const row = kernel.subarray(phase * taps, (phase + 1) * taps);
    for (let tap = 0; tap < taps; tap += 1) {
      const distance = tap - (half - 1) - phase / phases;
      row[tap] = sinc(distance * cutoff) * blackman(distance / half);
    }
    const sum = row.reduce((total, value) => total + value, 0);
    for (let tap = 0; tap < taps; tap += 1) row[tap] = row[tap]! / sum;
  }
  return kernel;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** From -1 to 1; nothing outside. */
function blackman(x: number): number {
  if (Math.abs(x) >= 1) return 0;
  return 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

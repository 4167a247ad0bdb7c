const size = 256;
const half = size / 2;

/** Magnitudes of one window: from 0 Hz to half the sample rate. */
export const binCount = half + 1;

const window = Float64Array.from(
  { length: size },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size),
);
const cosines = Float64Array.from({ length: half }, (_, i) => Math.cos((2 * Math.PI * i) / size));
const sines = Float64Array.from({ length: half }, (_, i) => Math.sin((2 * Math.PI * i) / size));
/** Where each pair of samples goes before the butterflies: its index with the bits in reverse. */
const reversed = Uint8Array.from({ length: half }, (_, i) =>
  parseInt(i.toString(2).padStart(7, '0').split('').reverse().join(''), 2),
);

/** What the transform looks up, for a kernel that does it elsewhere. */
export const transformTables = { window, cosines, sines, reversed } as const;

/**
 * The magnitude spectrum of 256 samples under a Hann window. A real signal of 256 samples is transformed as a complex one
 * of 128 (even samples real, odd ones imaginary) and taken apart afterwards.
 */
export class Spectrum {
  readonly #real = new Float64Array(half);
  readonly #imaginary = new Float64Array(half);

  /** Reads 256 samples of `signal` from `from` on and writes 129 magnitudes to `out` from `to` on. */
  magnitudes(signal: Float32Array, from: number, out: Float32Array, to: number): void {
    const real = this.#real;
    const imaginary = this.#imaginary;
    for (let i = 0; i < half; i += 1) {
      const place = reversed[i]!;
      real[place] = signal[from + 2 * i]! * window[2 * i]!;
      imaginary[place] = signal[from + 2 * i + 1]! * window[2 * i + 1]!;
    }
    this.#transform();
    for (let k = 0; k <= half; k += 1) {
      const a = k % half;
      const b = (half - k) % half;
      const evenReal = (real[a]! + real[b]!) / 2;
      const evenImaginary = (imaginary[a]! - imaginary[b]!) / 2;
      const oddReal = (imaginary[a]! + imaginary[b]!) / 2;
      const oddImaginary = (real[b]! - real[a]!) / 2;
      const cos = k === half ? -1 : cosines[k]!;
      const sin = k === half ? 0 : sines[k]!;
      const re = evenReal + oddReal * cos + oddImaginary * sin;
      const im = evenImaginary + oddImaginary * cos - oddReal * sin;
      out[to + k] = Math.sqrt(re * re + im * im);
    }
  }

  /** Cooley and Tukey's, in place, of 128 complex numbers in bit-reversed order. */
  #transform(): void {
    const real = this.#real;
    const imaginary = this.#imaginary;
    for (let span = 1; span < half; span *= 2) {
      const step = half / span;
      for (let start = 0; start < half; start += 2 * span) {
        for (let k = 0; k < span; k += 1) {
          const cos = cosines[k * step]!;
          const sin = sines[k * step]!;
          const a = start + k;
          const b = a + span;
          const re = real[b]! * cos + imaginary[b]! * sin;
          const im = imaginary[b]! * cos - real[b]! * sin;
          real[b] = real[a]! - re;
          imaginary[b] = imaginary[a]! - im;
          real[a] = real[a]! + re;
          imaginary[a] = imaginary[a]! + im;
        }
      }
    }
  }
}

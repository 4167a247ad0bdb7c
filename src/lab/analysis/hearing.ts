import { Resampler } from '../../../vad/resampling/resampler.ts';
import { frameRateHz, frameSamples } from '../../../vad/silero/frame.ts';
import type { Silero } from '../../../vad/silero/silero.ts';
import type { Block } from '../decoding/decode.ts';
import { peakMs } from './analysis.ts';
import { Growing } from './growing.ts';

const peakSamples = (peakMs / 1000) * frameRateHz;

/** Hears one recording from its beginning: blocks of sound go in, probabilities and peaks pile up. */
export class Hearing {
  readonly #silero: Silero;
  readonly #probabilities = new Growing((length) => new Float32Array(length));
  readonly #peaks = new Growing((length) => new Int8Array(length));
  readonly #frame = new Float32Array(frameSamples);
  #filled = 0;
  #lowest = 0;
  #highest = 0;
  #peaked = 0;
  #resampler: Resampler | undefined;
  #rateHz = 0;
  #heardS = 0;

  constructor(silero: Silero) {
    silero.reset();
    this.#silero = silero;
  }

  /** How much sound went in, in s. */
  get heardS(): number {
    return this.#heardS;
  }

  feed({ rateHz, channels }: Block): void {
    const mono = mixed(channels);
    if (rateHz !== this.#rateHz) this.#begin(rateHz);
    this.#heardS += mono.length / rateHz;
    if (this.#resampler) this.#resampler.feed(mono, this.#take);
    else for (const sample of mono) this.#take(sample);
  }

  /** The last frame is filled up with silence. */
  finish() {
    this.#flush();
    if (this.#peaked > 0) this.#endPeak();
    if (this.#filled > 0) {
      this.#frame.fill(0, this.#filled);
      this.#probabilities.push(this.#silero.probability(this.#frame));
    }
    const peaks = this.#peaks.taken();
    const loudest = peaks.reduce((most, peak) => Math.max(most, Math.abs(peak)), 0);
    return { probabilities: this.#probabilities.taken(), peaks, loudest };
  }

  /** Some streams change their rate on the way. */
  #begin(rateHz: number): void {
    this.#flush();
    this.#rateHz = rateHz;
    this.#resampler = rateHz === frameRateHz ? undefined : new Resampler(rateHz, frameRateHz);
  }

  /** Brings out what the resampler still holds. */
  #flush(): void {
    const resampler = this.#resampler;
    if (!resampler) return;
    const silence = new Float32Array(Math.round(resampler.delayS * this.#rateHz));
    resampler.feed(silence, this.#take);
  }

  readonly #take = (sample: number): void => {
    if (sample < this.#lowest) this.#lowest = sample;
    if (sample > this.#highest) this.#highest = sample;
    this.#peaked += 1;
    if (this.#peaked === peakSamples) this.#endPeak();
    this.#frame[this.#filled] = sample;
    this.#filled += 1;
    if (this.#filled < frameSamples) return;
    this.#filled = 0;
    this.#probabilities.push(this.#silero.probability(this.#frame));
  };

  #endPeak(): void {
    this.#peaks.push(Math.max(-127, Math.round(this.#lowest * 127)));
    this.#peaks.push(Math.min(127, Math.round(this.#highest * 127)));
    this.#lowest = 0;
    this.#highest = 0;
    this.#peaked = 0;
  }
}

/** The mean of all channels. What is no number would stay in the detector's memory for good, so it counts as silence. */
function mixed(channels: readonly Float32Array[]): Float32Array {
  const mono = new Float32Array(channels[0]?.length ?? 0);
  for (const channel of channels) {
    for (let i = 0; i < mono.length; i += 1) {
      const sample = channel[i] ?? 0;
      mono[i] = (mono[i] ?? 0) + (Number.isFinite(sample) ? sample / channels.length : 0);
    }
  }
  return mono;
}

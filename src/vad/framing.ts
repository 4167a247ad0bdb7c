import { Resampler } from '../../vad/resampling/resampler.ts';
import { frameRateHz, frameSamples } from '../../vad/silero/frame.ts';

/** Cuts mono sound of any rate into frames of 512 samples at 16 kHz. */
export class Framing {
  readonly #resampler: Resampler;
  readonly #onFrame: (samples: Float32Array<ArrayBuffer>) => void;
  #frame = new Float32Array(frameSamples);
  #filled = 0;

  /** `onFrame` may keep or transfer what it is given. Throws a `RangeError` for a rate that is not in whole Hz. */
  constructor(rateHz: number, onFrame: (samples: Float32Array<ArrayBuffer>) => void) {
    this.#resampler = new Resampler(rateHz, frameRateHz);
    this.#onFrame = onFrame;
  }

  feed(samples: Float32Array): void {
    this.#resampler.feed(samples, this.#take);
  }

  readonly #take = (sample: number): void => {
    this.#frame[this.#filled] = sample;
    this.#filled += 1;
    if (this.#filled < frameSamples) return;
    this.#onFrame(this.#frame);
    this.#frame = new Float32Array(frameSamples);
    this.#filled = 0;
  };
}

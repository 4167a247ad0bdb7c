import { Resampler } from '../resampling/resampler.ts';
import { Segmenter, type Segment, type SegmentSettings } from '../segmenting/segments.ts';
import { frameRateHz, frameSamples } from '../silero/frame.ts';
import type { SpeechModel } from '../silero/model.ts';

export interface SpeechFinderOptions {
  readonly model: SpeechModel;
  /** Of the samples that are fed, whole. */
  readonly rateHz: number;
  readonly settings: SegmentSettings;
  /** Called with each segment, in order, once it is final. */
  readonly onSegment: (segment: Segment) => void;
  /** Called with the probability of each frame of 32 ms. */
  readonly onFrame?: (probability: number) => void;
}

/**
 * Finds speech in a recording or a stream, piece by piece; what is found does not depend on how it was cut into pieces,
 * and what is kept does not grow. The page, the service and the command line all find speech with this.
 */
export class SpeechFinder {
  readonly #options: SpeechFinderOptions;
  readonly #segmenter: Segmenter;
  readonly #resampler: Resampler | undefined;
  readonly #frame = new Float32Array(frameSamples);
  #filled = 0;
  #samplesIn = 0;
  #samplesOut = 0;

  /** Throws a `RangeError` for a rate or settings that cannot be. */
  constructor(options: SpeechFinderOptions) {
    this.#options = options;
    this.#segmenter = new Segmenter(options.settings);
    this.#resampler =
      options.rateHz === frameRateHz ? undefined : new Resampler(options.rateHz, frameRateHz);
  }

  /** Whether speech lasts at this moment, as far as has been heard. */
  get speaking(): boolean {
    return this.#segmenter.speaking;
  }

  /** How much has been fed, in ms. */
  get durationMs(): number {
    return (1000 * this.#samplesIn) / this.#options.rateHz;
  }

  /** Takes any number of mono samples, [-1, 1]. */
  feed(samples: Float32Array): void {
    this.#samplesIn += samples.length;
    if (this.#resampler) this.#resampler.feed(samples, this.#takeSample);
    else this.#takeAll(samples);
  }

  /** Ends the recording: what is left of a frame is filled up with silence. Returns its length in ms. */
  finish(): number {
    if (this.#resampler) {
      // The filter still holds back its last samples; the silence that pushes them out is not part of the recording.
      const wanted = Math.ceil((this.#samplesIn * frameRateHz) / this.#options.rateHz);
      const behind = Math.ceil(this.#resampler.delayS * this.#options.rateHz) + 1;
      this.#resampler.feed(new Float32Array(behind), (sample) => {
        if (this.#samplesOut < wanted) this.#takeSample(sample);
      });
    }
    if (this.#filled > 0) {
      this.#frame.fill(0, this.#filled);
      this.#hear(this.#frame);
    }
    for (const segment of this.#segmenter.finish(this.durationMs)) this.#options.onSegment(segment);
    return this.durationMs;
  }

  #takeAll(samples: Float32Array): void {
    let at = 0;
    while (at < samples.length) {
      if (this.#filled === 0 && samples.length - at >= frameSamples) {
        this.#hear(samples.subarray(at, at + frameSamples));
        at += frameSamples;
        continue;
      }
      const taken = Math.min(frameSamples - this.#filled, samples.length - at);
      this.#frame.set(samples.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled === frameSamples) this.#hear(this.#frame);
    }
  }

  readonly #takeSample = (sample: number): void => {
    this.#frame[this.#filled] = sample;
    this.#filled += 1;
    this.#samplesOut += 1;
    if (this.#filled === frameSamples) this.#hear(this.#frame);
  };

  #hear(frame: Float32Array): void {
    this.#filled = 0;
    const { model, onFrame, onSegment } = this.#options;
    const probability = model.probability(frame);
    onFrame?.(probability);
    const segment = this.#segmenter.feed(probability);
    if (segment) onSegment(segment);
  }
}

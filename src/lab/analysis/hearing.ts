import { SpeechFinder } from '../../../vad/finding/speech-finder.ts';
import { defaultSegmentSettings } from '../../../vad/segmenting/segments.ts';
import type { SpeechModel } from '../../../vad/silero/model.ts';
import { RecordingError } from '../decoding/problem.ts';
import type { Block } from '../decoding/decoding.ts';
import { peakMs, peaksInFrame } from './analysis.ts';
import { Growing } from './growing.ts';

const quietestDb = -100;

/** Hears one recording from its beginning: blocks of sound go in, probabilities and peaks pile up. */
export class Hearing {
  readonly #model: SpeechModel;
  readonly #probabilities = new Growing((length) => new Float32Array(length));
  readonly #peaks = new Growing((length) => new Int8Array(length));
  readonly #levels = new Growing((length) => new Int8Array(length));
  #energy = 0;
  /** Where the level that is being gathered began, in samples. */
  #levelBegan = 0;
  #finder: SpeechFinder | undefined;
  #rateHz = 0;
  #lowest = 0;
  #highest = 0;
  #loudest = 0;
  #samples = 0;
  /** Where the peak ends that is being gathered, in samples. */
  #peakEnd = 0;

  /** `model` must have heard nothing yet. */
  constructor(model: SpeechModel) {
    this.#model = model;
  }

  /** How much sound went in, in s. */
  get heardS(): number {
    return this.#rateHz === 0 ? 0 : this.#samples / this.#rateHz;
  }

  /** Throws a `RecordingError` if the rate is not that of the block before. */
  feed({ rateHz, channels }: Block): void {
    const mono = mixed(channels);
    const finder = (this.#finder ??= this.#begin(rateHz));
    if (rateHz !== this.#rateHz) {
      throw new RecordingError({ kind: 'broken', detail: 'The sampling rate changes on the way.' });
    }
    finder.feed(mono);
    for (const sample of mono) this.#gather(sample);
  }

  finish() {
    this.#finder?.finish();
    if (this.#samples > 0) {
      this.#endPeak();
      if (this.#samples > this.#levelBegan) this.#endLevel();
    }
    return {
      probabilities: this.#probabilities.taken(),
      levelsDb: this.#levels.taken(),
      peaks: this.#peaks.taken(),
      loudest: this.#loudest,
    };
  }

  #begin(rateHz: number): SpeechFinder {
    this.#rateHz = rateHz;
    this.#peakEnd = this.#endOfPeak(1);
    return new SpeechFinder({
      model: this.#model,
      rateHz,
      // What the settings make of the probabilities is worked out in the page, whenever they change.
      settings: defaultSegmentSettings,
      onSegment: () => undefined,
      onFrame: (probability) => this.#probabilities.push(probability),
    });
  }

  #gather(sample: number): void {
    if (sample < this.#lowest) this.#lowest = sample;
    if (sample > this.#highest) this.#highest = sample;
    this.#energy += sample * sample;
    this.#samples += 1;
    if (this.#samples === this.#peakEnd) this.#endPeak();
  }

  #endPeak(): void {
    const lowest = Math.max(-127, Math.round(this.#lowest * 127));
    const highest = Math.min(127, Math.round(this.#highest * 127));
    this.#peaks.push(lowest);
    this.#peaks.push(highest);
    this.#loudest = Math.max(this.#loudest, highest, -lowest);
    this.#lowest = 0;
    this.#highest = 0;
    const peaks = this.#peaks.length / 2;
    this.#peakEnd = this.#endOfPeak(peaks + 1);
    if (peaks % peaksInFrame === 0) this.#endLevel();
  }

  #endLevel(): void {
    const power = this.#energy / Math.max(1, this.#samples - this.#levelBegan);
    this.#levels.push(Math.max(quietestDb, Math.round(10 * Math.log10(power))));
    this.#energy = 0;
    this.#levelBegan = this.#samples;
  }

  /** Of the `count`-th peak, in samples; rounded from the beginning, so that no error adds up. */
  #endOfPeak(count: number): number {
    return Math.round((count * peakMs * this.#rateHz) / 1000);
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

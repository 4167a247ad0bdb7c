import { segmentsOf, type Segment, type SegmentSettings } from '../segmenting/segments.ts';
import type { SpeechModel } from '../silero/model.ts';
import { WavProblem } from '../wav/problem.ts';
import { WavReader } from '../wav/reader.ts';
import { SampleDecoder } from '../wav/samples.ts';
import { SpeechFinder } from './speech-finder.ts';

/** What the bytes of a recording are: a WAV file, or nothing but samples of 16 bits (little-endian, one channel). */
export type RecordingSource =
  { readonly kind: 'wav' } | { readonly kind: 'pcm'; readonly rateHz: number };

export interface RecordingFindings {
  readonly durationMs: number;
  readonly segments: readonly Segment[];
  /** What is worth telling of a recording that was read all the same. */
  readonly note: string | undefined;
}

/** Finds speech in the bytes of one recording, as they come. */
export class RecordingAnalysis {
  readonly #model: SpeechModel;
  readonly #settings: SegmentSettings;
  readonly #reader: { feed(bytes: Uint8Array): Float32Array; finish(): string | undefined };
  readonly #rateHz: () => number | undefined;
  readonly #segments: Segment[] = [];
  #finder: SpeechFinder | undefined;
  #probability = 0;

  /** Throws a `RangeError` for settings that cannot be. */
  constructor(model: SpeechModel, source: RecordingSource, settings: SegmentSettings) {
    segmentsOf(new Float32Array(), settings);
    this.#model = model;
    this.#settings = settings;
    if (source.kind === 'wav') {
      const reader = new WavReader();
      this.#reader = reader;
      this.#rateHz = () => reader.format?.rateHz;
    } else {
      this.#reader = new PcmReader(source.rateHz);
      this.#rateHz = () => source.rateHz;
    }
  }

  /** Whether speech lasts at this moment, as far as has been heard. */
  get speaking(): boolean {
    return this.#finder?.speaking ?? false;
  }

  /** Of the latest frame. */
  get probability(): number {
    return this.#probability;
  }

  /** How much has been heard, in ms. */
  get heardMs(): number {
    return this.#finder?.durationMs ?? 0;
  }

  /** Throws a `WavProblem` for what cannot be read. */
  feed(bytes: Uint8Array): void {
    const samples = this.#reader.feed(bytes);
    if (samples.length === 0) return;
    this.#finder ??= this.#find();
    this.#finder.feed(samples);
  }

  /** Throws a `WavProblem` if there was no sound, or not even a header. */
  finish(): RecordingFindings {
    const note = this.#reader.finish();
    const durationMs = this.#finder?.finish() ?? 0;
    return { durationMs, segments: this.#segments, note };
  }

  #find(): SpeechFinder {
    return new SpeechFinder({
      model: this.#model,
      rateHz: this.#rateHz() ?? 0,
      settings: this.#settings,
      onSegment: (segment) => this.#segments.push(segment),
      onFrame: (probability) => {
        this.#probability = probability;
      },
    });
  }
}

class PcmReader {
  readonly #decoder: SampleDecoder;
  #odd: number | undefined;

  constructor(rateHz: number) {
    this.#decoder = new SampleDecoder({
      encoding: 'integer',
      rateHz,
      channels: 1,
      bytesPerSample: 2,
    });
  }

  feed(bytes: Uint8Array): Float32Array {
    let whole = bytes;
    if (this.#odd !== undefined) {
      whole = new Uint8Array(bytes.length + 1);
      whole[0] = this.#odd;
      whole.set(bytes, 1);
    }
    this.#odd = whole.length % 2 === 1 ? whole.at(-1) : undefined;
    return this.#decoder.decode(whole.subarray(0, whole.length - (whole.length % 2)));
  }

  finish(): string | undefined {
    if (this.#decoder.position === 0) throw new WavProblem('empty', 'There was no sound in it.');
    return this.#odd === undefined ? undefined : 'It ends in the middle of a sample.';
  }
}

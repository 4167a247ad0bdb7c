import type { Segment } from '../../../vad/segmenting/segments.ts';
import type { Block } from '../decoding/decoding.ts';
import { RecordingError } from '../decoding/problem.ts';
import { WavWriter } from './wav.ts';

/** Keeps the segments of a recording and nothing between them, at its own rate and with all its channels. */
export class Cut {
  readonly #segments: readonly Segment[];
  #writer: WavWriter | undefined;
  #rateHz = 0;
  #frames = 0;
  #next = 0;

  /** In the order of time, none overlapping another. */
  constructor(segments: readonly Segment[]) {
    this.#segments = segments;
  }

  /** Whether nothing that follows can be kept. */
  get complete(): boolean {
    return this.#next === this.#segments.length;
  }

  /** How much sound went in, in s. */
  get heardS(): number {
    return this.#rateHz === 0 ? 0 : this.#frames / this.#rateHz;
  }

  feed({ rateHz, channels }: Block): void {
    this.#writer ??= new WavWriter(rateHz, channels.length);
    if (this.#rateHz === 0) this.#rateHz = rateHz;
    if (rateHz !== this.#rateHz) {
      throw new RecordingError({ kind: 'broken', detail: 'The sampling rate changes on the way.' });
    }
    const length = channels[0]?.length ?? 0;
    const end = this.#frames + length;
    for (let segment = this.#segments[this.#next]; segment; segment = this.#segments[this.#next]) {
      const from = Math.round((segment.startMs / 1000) * rateHz) - this.#frames;
      const to = Math.round((segment.endMs / 1000) * rateHz) - this.#frames;
      this.#writer.write(channels, Math.max(0, from), Math.min(length, to));
      if (to > length) break;
      this.#next += 1;
    }
    this.#frames = end;
  }

  finish(): Blob {
    if (!this.#writer) throw new RecordingError({ kind: 'silent' });
    return this.#writer.finish();
  }
}

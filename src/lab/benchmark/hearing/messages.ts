import type { RecordingProblem } from '../../decoding/problem.ts';
import type { DetectorName } from '../detectors/names.ts';
import type { PartUrls } from '../detectors/open-detector.ts';

/** A recording, and the detectors that have not heard it yet. */
export interface HearingTask {
  readonly file: Blob;
  readonly detectors: readonly DetectorName[];
  readonly urls: PartUrls;
}

/** What one detector made of one recording. */
export interface Heard {
  readonly detector: DetectorName;
  /** Of each frame of 32 ms, on the detector's own scale; more means more like speech. */
  readonly ratings: Float32Array<ArrayBuffer>;
  /** Of the detector alone: decoding and resampling do not count. */
  readonly tookMs: number;
}

export type HearingAnswer =
  | { readonly kind: 'heard'; readonly durationMs: number; readonly heard: readonly Heard[] }
  | { readonly kind: 'failed'; readonly problem: RecordingProblem };

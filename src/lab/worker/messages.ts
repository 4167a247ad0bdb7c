import type { Segment } from '../../../vad/segmenting/segments.ts';
import type { Analysis } from '../analysis/analysis.ts';
import type { RecordingProblem } from '../decoding/problem.ts';
import type { DetectorUrls } from './detector.ts';

/** What the page tells a worker, which does one thing at a time. */
export type WorkerTask =
  | { readonly kind: 'analyse'; readonly file: Blob; readonly detector: DetectorUrls }
  | { readonly kind: 'cut'; readonly file: Blob; readonly segments: readonly Segment[] };

export type WorkerCommand = WorkerTask | { readonly kind: 'pause' } | { readonly kind: 'go-on' };

export type WorkerEvent =
  /** How much of the file was gone through, 0 to 1. */
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'analysed'; readonly analysis: Analysis }
  | { readonly kind: 'cut'; readonly wav: Blob }
  | { readonly kind: 'failed'; readonly problem: RecordingProblem };

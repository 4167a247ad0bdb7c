import type {
  RecordingFindings,
  RecordingSource,
} from '../../../vad/finding/recording-analysis.ts';
import type { SegmentSettings } from '../../../vad/segmenting/segments.ts';
import type { WavProblemKind } from '../../../vad/wav/problem.ts';

/** To a thread; `id` is an analysis. Every `feed` and `finish` is answered once, in order. */
export type Task =
  | {
      readonly kind: 'open';
      readonly id: number;
      readonly source: RecordingSource;
      readonly settings: SegmentSettings;
    }
  | { readonly kind: 'feed'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'finish'; readonly id: number }
  | { readonly kind: 'drop'; readonly id: number };

/** What is known of a stream after the latest bytes. */
export interface Heard {
  readonly speaking: boolean;
  /** Of the latest frame. */
  readonly probability: number;
  readonly heardMs: number;
}

/** From a thread. */
export type Report =
  | { readonly kind: 'ready'; readonly models: 'kernel' | 'plain' }
  | { readonly kind: 'fed'; readonly id: number; readonly heard: Heard }
  | { readonly kind: 'found'; readonly id: number; readonly findings: RecordingFindings }
  | {
      readonly kind: 'failed';
      readonly id: number;
      /** Absent for what is no fault of the recording. */
      readonly problem: WavProblemKind | undefined;
      readonly message: string;
    };

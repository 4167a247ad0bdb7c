import type { SegmentSettings } from '../../vad/segmenting/segments.ts';
import { analysisOf, type Recording } from './batch/recording.ts';
import { findingsOf } from './findings.ts';

export interface Totals {
  readonly speechMs: number;
  readonly durationMs: number;
  /** How long the detector worked, in ms. */
  readonly tookMs: number;
  readonly heard: number;
}

/** The sums of all recordings that were heard. */
export function totalsOf(recordings: readonly Recording[], settings: SegmentSettings): Totals {
  return recordings.reduce<Totals>(
    (sum, recording) => {
      const analysis = analysisOf(recording);
      if (!analysis) return sum;
      const { speechMs, durationMs } = findingsOf(analysis, settings);
      return {
        speechMs: sum.speechMs + speechMs,
        durationMs: sum.durationMs + durationMs,
        tookMs: sum.tookMs + analysis.tookMs,
        heard: sum.heard + 1,
      };
    },
    { speechMs: 0, durationMs: 0, tookMs: 0, heard: 0 },
  );
}

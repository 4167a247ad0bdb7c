import {
  segmentsOf,
  type Segment,
  type SegmentSettings,
} from '../../../vad/segmenting/segments.ts';
import type { Analysis } from '../analysis/analysis.ts';
import { findingsOf } from '../findings.ts';
import { quantile } from './scores.ts';

export const detectorNames = ['silero', 'energy'] as const;
export type DetectorName = (typeof detectorNames)[number];

/** What a detector says of a recording: a rating of each frame, more meaning more like speech, and its segments. */
interface Verdict {
  readonly ratings: Float32Array;
  readonly segments: readonly Segment[];
}

/** What counts as the noise of a recording: a tenth of all frames are quieter. */
const noiseShare = 0.1;
/** Speech is what is louder than the noise by this, in dB. */
const marginDb = 12;

export function verdictOf(
  detector: DetectorName,
  analysis: Analysis,
  settings: SegmentSettings,
): Verdict {
  if (detector === 'silero') {
    return { ratings: analysis.probabilities, segments: findingsOf(analysis, settings).segments };
  }
  const ratings = aboveNoise(analysis.levelsDb);
  // As sure as can be, so that of the settings only the durations and the padding matter.
  const decisions = ratings.map((db) => (db >= marginDb ? 1 : 0));
  return {
    ratings,
    segments: segmentsOf(decisions, { ...settings, sensitivity: 0.5 }, analysis.durationS * 1000),
  };
}

/** The level of each frame above the recording's noise, in dB. */
function aboveNoise(levelsDb: Int8Array): Float32Array {
  const noiseDb = quantile([...levelsDb], noiseShare);
  return Float32Array.from(levelsDb, (db) => db - noiseDb);
}

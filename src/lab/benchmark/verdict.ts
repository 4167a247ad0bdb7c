import {
  segmentsOf,
  type Segment,
  type SegmentSettings,
} from '../../../vad/segmenting/segments.ts';
import type { Heard } from './hearing/messages.ts';
import { quantile } from './scores.ts';

/** What a detector says of a recording: a rating of each frame, more meaning more like speech, and its segments. */
export interface Verdict {
  readonly ratings: Float32Array;
  readonly segments: readonly Segment[];
}

/** What counts as the noise of a recording: a tenth of all frames are quieter. */
const noiseShare = 0.1;
/** Loudness calls speech what is louder than the noise by this, in dB. */
const marginDb = 12;
/** Most of a frame passes the third of WebRTC's four modes, which are nested. */
const mostModes = 2.5;

/** All with the same durations and padding; those that answer with probabilities at the same sensitivity as well. */
export function verdictOf(
  { detector, ratings }: Pick<Heard, 'detector' | 'ratings'>,
  settings: SegmentSettings,
  durationMs: number,
): Verdict {
  switch (detector) {
    case 'silero':
    case 'legacy':
    case 'v5':
      return { ratings, segments: segmentsOf(ratings, settings, durationMs) };
    case 'webrtc':
      return decided(ratings, mostModes, settings, durationMs);
    case 'energy': {
      const noiseDb = quantile([...ratings], noiseShare);
      const above = ratings.map((db) => db - noiseDb);
      return decided(above, marginDb, settings, durationMs);
    }
  }
}

/** As sure as can be from a rating on, so that of the settings only the durations and the padding matter. */
function decided(
  ratings: Float32Array,
  from: number,
  settings: SegmentSettings,
  durationMs: number,
): Verdict {
  const decisions = ratings.map((rating) => (rating >= from ? 1 : 0));
  return {
    ratings,
    segments: segmentsOf(decisions, { ...settings, sensitivity: 0.5 }, durationMs),
  };
}

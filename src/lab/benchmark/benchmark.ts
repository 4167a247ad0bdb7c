import type { SegmentSettings } from '../../../vad/segmenting/segments.ts';
import type { Analysis } from '../analysis/analysis.ts';
import { analysisOf, type Recording } from '../batch/recording.ts';
import { baseName } from '../export/base-name.ts';
import { detectorNames, verdictOf, type DetectorName } from './detectors.ts';
import type { Labels } from './labels.ts';
import {
  added,
  confusionOf,
  edgeErrorsOf,
  framesIn,
  noFrames,
  quantile,
  rocOf,
  scoresOf,
  type Roc,
  type Scores,
} from './scores.ts';

/** A recording that was heard, and what a person has marked in it. */
interface Labelled {
  readonly analysis: Analysis;
  readonly labels: Labels;
}

export interface DetectorResult extends Scores {
  readonly detector: DetectorName;
  /** Undefined where the labels leave no silence, or no speech. */
  readonly roc: Roc | undefined;
  /** The middle of all, in ms; late is positive. NaN where nothing was found. */
  readonly onsetMs: number;
  readonly offsetMs: number;
  readonly missed: number;
  readonly stretches: number;
}

/** Labels belong to the recording of the same name; RTTM has no spaces in its names. */
export function labelledOf(
  recordings: readonly Recording[],
  labels: readonly Labels[],
): readonly Labelled[] {
  return recordings.flatMap((recording) => {
    const analysis = analysisOf(recording);
    const name = plain(baseName(recording.file.name));
    const found = labels.findLast(({ of }) => plain(of) === name);
    return analysis && found ? [{ analysis, labels: found }] : [];
  });
}

/** All recordings as one: long ones weigh more than short ones. */
export function benchmark(
  labelled: readonly Labelled[],
  settings: SegmentSettings,
): readonly DetectorResult[] {
  return detectorNames.map((detector) => resultOf(detector, labelled, settings));
}

function resultOf(
  detector: DetectorName,
  labelled: readonly Labelled[],
  settings: SegmentSettings,
): DetectorResult {
  const all = labelled.map(({ analysis, labels }) => {
    const { ratings, segments } = verdictOf(detector, analysis, settings);
    const frames = analysis.probabilities.length;
    const truth = framesIn(labels.speech, frames);
    return {
      truth,
      ratings: ratings.subarray(0, frames),
      confusion: confusionOf(truth, framesIn(segments, frames)),
      edges: edgeErrorsOf(labels.speech, segments),
      stretches: labels.speech.length,
    };
  });
  const confusion = all.reduce((sum, one) => added(sum, one.confusion), noFrames);
  return {
    detector,
    ...scoresOf(confusion),
    roc: rocOf(
      Uint8Array.from(all.flatMap(({ truth }) => [...truth])),
      Float32Array.from(all.flatMap(({ ratings }) => [...ratings])),
    ),
    onsetMs: quantile(
      all.flatMap(({ edges }) => edges.onsetsMs),
      0.5,
    ),
    offsetMs: quantile(
      all.flatMap(({ edges }) => edges.offsetsMs),
      0.5,
    ),
    missed: all.reduce((sum, { edges }) => sum + edges.missed, 0),
    stretches: all.reduce((sum, { stretches }) => sum + stretches, 0),
  };
}

function plain(name: string): string {
  return name.replace(/\s+/g, '_').toLowerCase();
}

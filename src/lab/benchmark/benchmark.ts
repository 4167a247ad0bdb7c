import type { Segment, SegmentSettings } from '../../../vad/segmenting/segments.ts';
import { frameMs } from '../../../vad/silero/frame.ts';
import type { HeardRecording } from './comparison.ts';
import { intervalsOf, type Intervals, type Piece } from './confidence.ts';
import type { DetectorName } from './detectors/names.ts';
import {
  added,
  confusionOf,
  edgeErrorsOf,
  framesIn,
  noFrames,
  quantile,
  rocOf,
  scoresOf,
  scoredFrames,
  type Roc,
  type Scores,
} from './scores.ts';
import { verdictOf } from './verdict.ts';

/** How a value is spread: NaN of nothing. */
export interface Spread {
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
}

export interface DetectorResult extends Scores {
  readonly detector: DetectorName;
  /** Undefined where the labels leave no silence, or no speech. */
  readonly roc: Roc | undefined;
  /** Undefined for a single piece of sound. */
  readonly intervals: Intervals | undefined;
  /** How late the edges are, in ms; too early is negative. */
  readonly onsetMs: Spread;
  readonly offsetMs: Spread;
  readonly missed: number;
  readonly stretches: number;
  /** How long a second of sound took, in ms, over the recordings. */
  readonly msPerSecond: Spread;
}

/** What the intervals are drawn over: a recording, or pieces of it of this length, in ms, longer where there are very many. */
const pieceMs = 10_000;
const mostPieces = 100;

/** All recordings that the detector has heard, as one: long ones weigh more than short ones. Undefined if there are none. */
export function resultOf(
  detector: DetectorName,
  recordings: readonly HeardRecording[],
  settings: SegmentSettings,
  collarMs: number,
): DetectorResult | undefined {
  const heard = recordings.flatMap(({ recording, durationMs, byDetector }) => {
    const one = byDetector[detector];
    return one ? [{ ...one, durationMs, speech: recording.speech }] : [];
  });
  if (heard.length === 0) return undefined;
  const allMs = heard.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const framesInPiece = Math.ceil(Math.max(pieceMs, allMs / mostPieces) / frameMs);
  const judged = heard.map((one) => {
    const { ratings, segments } = verdictOf(one, settings, one.durationMs);
    return {
      pieces: piecesOf(one.speech, ratings, segments, collarMs, framesInPiece),
      edges: edgeErrorsOf(one.speech, segments),
    };
  });
  const pieces = judged.flatMap((one) => one.pieces);
  return {
    detector,
    ...scoresOf(pieces.reduce((sum, { confusion }) => added(sum, confusion), noFrames)),
    roc: rocOf(
      Uint8Array.from(pieces.flatMap(({ truth }) => [...truth])),
      Float32Array.from(pieces.flatMap(({ ratings }) => [...ratings])),
    ),
    intervals: intervalsOf(pieces),
    onsetMs: spreadOf(judged.flatMap(({ edges }) => edges.onsetsMs)),
    offsetMs: spreadOf(judged.flatMap(({ edges }) => edges.offsetsMs)),
    missed: judged.reduce((sum, { edges }) => sum + edges.missed, 0),
    stretches: heard.reduce((sum, { speech }) => sum + speech.length, 0),
    msPerSecond: spreadOf(heard.map(({ tookMs, durationMs }) => (1000 * tookMs) / durationMs)),
  };
}

function piecesOf(
  speech: readonly Segment[],
  ratings: Float32Array,
  segments: readonly Segment[],
  collarMs: number,
  framesInPiece: number,
): readonly Piece[] {
  const frames = ratings.length;
  const truth = framesIn(speech, frames);
  const found = framesIn(segments, frames);
  const scored = scoredFrames(speech, frames, collarMs);
  return Array.from({ length: Math.ceil(frames / framesInPiece) }, (_, piece) => {
    const first = piece * framesInPiece;
    const counts = (_value: number, index: number): boolean => scored[first + index] === 1;
    const pieceTruth = truth.subarray(first, first + framesInPiece).filter(counts);
    return {
      truth: pieceTruth,
      ratings: ratings.subarray(first, first + framesInPiece).filter(counts),
      confusion: confusionOf(
        pieceTruth,
        found.subarray(first, first + framesInPiece).filter(counts),
      ),
    };
  });
}

function spreadOf(values: readonly number[]): Spread {
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    p50: quantile(values, 0.5),
    p90: quantile(values, 0.9),
    p95: quantile(values, 0.95),
  };
}

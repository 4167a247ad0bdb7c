import { frameMs } from '../../../vad/silero/frame.ts';
import type { Segment } from '../../../vad/segmenting/segments.ts';

/** Frames of 32 ms by what they are and what they were taken for. */
export interface Confusion {
  readonly hits: number;
  readonly falseAlarms: number;
  readonly misses: number;
  readonly rejections: number;
}

export const noFrames: Confusion = { hits: 0, falseAlarms: 0, misses: 0, rejections: 0 };

/** For each frame whether most of it lies in a segment. `segments` in the order of time, none overlapping another. */
export function framesIn(segments: readonly Segment[], frames: number): Uint8Array {
  const inside = new Uint8Array(frames);
  for (const { startMs, endMs } of segments) {
    const first = Math.max(0, Math.ceil(startMs / frameMs - 0.5));
    const end = Math.min(frames, Math.ceil(endMs / frameMs - 0.5));
    inside.fill(1, first, Math.max(first, end));
  }
  return inside;
}

/**
 * For each frame whether it counts: its middle lies further than the collar, in ms, from every edge of the labels. Nobody
 * can say to a few hundredths of a second where a word ends, so scoring leaves that out, as NIST's of diarization does.
 */
export function scoredFrames(
  speech: readonly Segment[],
  frames: number,
  collarMs: number,
): Uint8Array {
  const scored = new Uint8Array(frames).fill(1);
  for (const edgeMs of speech.flatMap(({ startMs, endMs }) => [startMs, endMs])) {
    const first = Math.max(0, Math.ceil((edgeMs - collarMs) / frameMs - 0.5));
    const end = Math.floor((edgeMs + collarMs) / frameMs - 0.5) + 1;
    if (collarMs > 0) scored.fill(0, first, Math.max(first, end));
  }
  return scored;
}

export function confusionOf(truth: Uint8Array, found: Uint8Array): Confusion {
  const counts = [0, 0, 0, 0];
  truth.forEach((is, frame) => {
    const kind = 2 * is + (found[frame] ?? 0);
    counts[kind] = (counts[kind] ?? 0) + 1;
  });
  const [rejections = 0, falseAlarms = 0, misses = 0, hits = 0] = counts;
  return { hits, falseAlarms, misses, rejections };
}

export function added(a: Confusion, b: Confusion): Confusion {
  return {
    hits: a.hits + b.hits,
    falseAlarms: a.falseAlarms + b.falseAlarms,
    misses: a.misses + b.misses,
    rejections: a.rejections + b.rejections,
  };
}

export interface Scores {
  /** Of what was taken for speech, how much is. 0 to 1, NaN where nothing was. */
  readonly precision: number;
  /** Of speech, how much was found. NaN where there is none. */
  readonly recall: number;
  readonly f1: number;
}

export function scoresOf({ hits, falseAlarms, misses }: Confusion): Scores {
  return {
    precision: hits / (hits + falseAlarms),
    recall: hits / (hits + misses),
    f1: (2 * hits) / (2 * hits + falseAlarms + misses),
  };
}

/** A point of the receiver operating characteristic: how much speech is found at the price of how much false alarm. */
export interface RocPoint {
  readonly falseAlarmRate: number;
  readonly hitRate: number;
}

export interface Roc {
  readonly points: readonly RocPoint[];
  /** The area below: how often a frame of speech is rated above one of silence. Ties count half. */
  readonly auc: number;
}

/** `ratings` may be of any scale, more meaning more like speech. Undefined if there is only speech, or none. */
export function rocOf(truth: Uint8Array, ratings: Float32Array): Roc | undefined {
  const order = Uint32Array.from(truth.keys()).sort(
    (a, b) => (ratings[b] ?? 0) - (ratings[a] ?? 0),
  );
  const positives = truth.reduce((sum, is) => sum + is, 0);
  const negatives = truth.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  const points: RocPoint[] = [{ falseAlarmRate: 0, hitRate: 0 }];
  let hits = 0;
  let falseAlarms = 0;
  let auc = 0;
  let at = 0;
  while (at < order.length) {
    const rating = ratings[order[at] ?? 0];
    const before = { hits, falseAlarms };
    // Frames of the same rating are on the same side of every threshold.
    while (at < order.length && ratings[order[at] ?? 0] === rating) {
      if (truth[order[at] ?? 0] === 1) hits += 1;
      else falseAlarms += 1;
      at += 1;
    }
    auc += ((falseAlarms - before.falseAlarms) * (hits + before.hits)) / 2;
    points.push({ falseAlarmRate: falseAlarms / negatives, hitRate: hits / positives });
  }
  return { points, auc: auc / (positives * negatives) };
}

/** How far the edges that were found lie from the true ones, in ms; a later one is positive. */
export interface EdgeErrors {
  readonly onsetsMs: readonly number[];
  readonly offsetsMs: readonly number[];
  /** Labelled stretches of which nothing was found. */
  readonly missed: number;
}

/** Each labelled stretch is held against the first and the last segment that overlap it. */
export function edgeErrorsOf(truth: readonly Segment[], found: readonly Segment[]): EdgeErrors {
  const onsetsMs: number[] = [];
  const offsetsMs: number[] = [];
  let missed = 0;
  for (const { startMs, endMs } of truth) {
    const overlapping = found.filter(
      (segment) => segment.endMs > startMs && segment.startMs < endMs,
    );
    const [first] = overlapping;
    const last = overlapping.at(-1);
    if (first && last) {
      onsetsMs.push(first.startMs - startMs);
      offsetsMs.push(last.endMs - endMs);
    } else missed += 1;
  }
  return { onsetsMs, offsetsMs, missed };
}

/** The value below which `share` of all lie; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

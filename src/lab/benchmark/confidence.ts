import { added, noFrames, scoresOf, type Confusion, type Scores } from './scores.ts';

/** The bounds between which a score lies in 95 of 100 resamples. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export type Intervals = Readonly<Record<keyof Scores | 'auc', Interval>>;

/** Frames that belong together: those of a piece of one recording are not independent, those of two pieces are taken to be. */
export interface Piece {
  readonly truth: Uint8Array;
  readonly ratings: Float32Array;
  readonly confusion: Confusion;
}

const resamples = 1000;

/**
 * 95 % intervals by the percentile bootstrap over pieces: as many are drawn as there are, each any number of times. The
 * same each time. Undefined for fewer than two pieces; bounds are NaN where a score is.
 */
export function intervalsOf(pieces: readonly Piece[]): Intervals | undefined {
  if (pieces.length < 2) return undefined;
  const random = generator();
  const ordered = pairsInOrder(pieces);
  const drawn = { precision: [], recall: [], f1: [], auc: [] } as Record<keyof Intervals, number[]>;
  for (let sample = 0; sample < resamples; sample += 1) {
    const times = new Uint16Array(pieces.length);
    let confusion = noFrames;
    for (const index of pieces.map(() => Math.floor(random() * pieces.length))) {
      times[index] = (times[index] ?? 0) + 1;
      confusion = added(confusion, pieces[index]?.confusion ?? noFrames);
    }
    const { precision, recall, f1 } = scoresOf(confusion);
    drawn.precision.push(precision);
    drawn.recall.push(recall);
    drawn.f1.push(f1);
    drawn.auc.push(areaOf(ordered, pieces, times));
  }
  return {
    precision: middle(drawn.precision),
    recall: middle(drawn.recall),
    f1: middle(drawn.f1),
    auc: middle(drawn.auc),
  };
}

function middle(values: readonly number[]): Interval {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  return { low: at(0.025), high: at(0.975) };
}

/**
 * How many frames of speech in one piece are rated above frames of silence in another, ties counting half: row by the
 * piece of the speech, column by that of the silence. The area under the ROC of any resample is a weighted sum of these.
 */
function pairsInOrder(pieces: readonly Piece[]): Float64Array {
  const count = pieces.length;
  const frames = pieces.flatMap(({ truth, ratings }, piece) =>
    Array.from(truth, (is, frame) => ({ is, piece, rating: ratings[frame] ?? 0 })),
  );
  frames.sort((a, b) => b.rating - a.rating);
  const pairs = new Float64Array(count * count);
  const above = new Float64Array(count);
  let at = 0;
  while (at < frames.length) {
    const group = new Float64Array(count);
    const begin = at;
    const rating = frames[begin]?.rating;
    for (; at < frames.length && frames[at]?.rating === rating; at += 1) {
      const { is, piece } = frames[at] ?? { is: 0, piece: 0 };
      if (is === 1) group[piece] = (group[piece] ?? 0) + 1;
    }
    for (const { is, piece } of frames.slice(begin, at)) {
      if (is === 1) continue;
      for (let speech = 0; speech < count; speech += 1) {
        const index = speech * count + piece;
        const ordered = (above[speech] ?? 0) + (group[speech] ?? 0) / 2;
        pairs[index] = (pairs[index] ?? 0) + ordered;
      }
    }
    group.forEach((spoken, piece) => (above[piece] = (above[piece] ?? 0) + spoken));
  }
  return pairs;
}

function areaOf(pairs: Float64Array, pieces: readonly Piece[], times: Uint16Array): number {
  let ordered = 0;
  let speech = 0;
  let silence = 0;
  pieces.forEach(({ confusion }, row) => {
    const weight = times[row] ?? 0;
    if (weight === 0) return;
    speech += weight * (confusion.hits + confusion.misses);
    silence += weight * (confusion.falseAlarms + confusion.rejections);
    times.forEach((other, column) => {
      if (other > 0) ordered += weight * other * (pairs[row * pieces.length + column] ?? 0);
    });
  });
  return ordered / (speech * silence);
}

/** Numbers from 0 to 1: a linear congruential generator, always from the same beginning. */
function generator(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

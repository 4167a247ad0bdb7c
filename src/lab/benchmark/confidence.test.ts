import { describe, expect, it } from 'vitest';
import { intervalsOf, type Piece } from './confidence.ts';
import { confusionOf, rocOf } from './scores.ts';

/** Pieces of frames whose ratings lie apart by `distance` on average, from a fixed seed; a rating from 0.5 on is speech. */
function pieces(count: number, frames: number, distance: number): Piece[] {
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state / 2 ** 31;
  };
  return Array.from({ length: count }, () => {
    const truth = Uint8Array.from({ length: frames }, () => (random() < 0.5 ? 1 : 0));
    const ratings = Float32Array.from(truth, (is) => 0.5 + (is - 0.5) * distance + random() - 0.5);
    const found = Uint8Array.from(ratings, (rating) => (rating >= 0.5 ? 1 : 0));
    return { truth, ratings, confusion: confusionOf(truth, found) };
  });
}

function areaOf(some: readonly Piece[]): number {
  const truth = Uint8Array.from(some.flatMap((piece) => [...piece.truth]));
  return rocOf(truth, Float32Array.from(some.flatMap((piece) => [...piece.ratings])))?.auc ?? NaN;
}

describe('intervals', () => {
  it('hold the score of the whole, and are narrower the more there is', () => {
    const few = pieces(6, 50, 0.4);
    const many = pieces(60, 50, 0.4);
    const [wide, narrow] = [intervalsOf(few)?.auc, intervalsOf(many)?.auc];
    expect(areaOf(few)).toBeGreaterThan(wide?.low ?? 1);
    expect(areaOf(few)).toBeLessThan(wide?.high ?? 0);
    expect(areaOf(many)).toBeGreaterThan(narrow?.low ?? 1);
    expect(areaOf(many)).toBeLessThan(narrow?.high ?? 0);
    const width = (interval?: { low: number; high: number }) =>
      (interval?.high ?? NaN) - (interval?.low ?? NaN);
    expect(width(narrow)).toBeLessThan(width(wide) / 2);
  });

  it('know no doubt where all pieces are the same', () => {
    const [one] = pieces(1, 200, 0.4);
    const same = Array.from({ length: 8 }, () => one).filter((piece) => piece !== undefined);
    const intervals = intervalsOf(same);
    expect(intervals?.auc.low).toBeCloseTo(areaOf(same), 12);
    expect(intervals?.auc.high).toBeCloseTo(areaOf(same), 12);
    expect(intervals?.f1.low).toBe(intervals?.f1.high);
  });

  it('are not drawn from a single piece', () => {
    expect(intervalsOf(pieces(1, 50, 0.4))).toBeUndefined();
  });
});

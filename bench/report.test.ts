import { describe, expect, it } from 'vitest';
import { spreadOf } from './report.ts';

describe('spread', () => {
  it('takes median and p90 by the nearest rank', () => {
    expect(spreadOf([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])).toEqual({
      n: 10,
      median: 5,
      p90: 9,
      min: 1,
      max: 10,
    });
  });

  it('copes with one value and refuses none', () => {
    expect(spreadOf([3])).toEqual({ n: 1, median: 3, p90: 3, min: 3, max: 3 });
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});

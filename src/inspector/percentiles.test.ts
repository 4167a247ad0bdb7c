import { describe, expect, it } from 'vitest';
import { percentile } from './percentiles.ts';

describe('a percentile', () => {
  it('is a value that was measured', () => {
    const values = [30, 10, 20, 40];
    expect([50, 75, 90, 95].map((percent) => percentile(values, percent))).toEqual([
      20, 30, 40, 40,
    ]);
    expect(percentile([7], 50)).toBe(7);
    expect(percentile([], 50)).toBeUndefined();
  });
});

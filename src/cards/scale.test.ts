import { describe, expect, it } from 'vitest';
import { scaleOf } from './scale.ts';

describe('the axis of a chart', () => {
  it('has a few round numbers that hold every value and zero', () => {
    expect(scaleOf([3, 7, 9.4]).ticks).toEqual([0, 2, 4, 6, 8, 10]);
    expect(scaleOf([-120, 340]).ticks).toEqual([-200, -100, 0, 100, 200, 300, 400]);
    expect(scaleOf([0.002, 0.0031]).ticks).toEqual([0, 0.001, 0.002, 0.003, 0.004]);
  });

  it('stands where all values are zero, and reaches as far as the protocol goes', () => {
    expect(scaleOf([0, 0])).toMatchObject({ low: 0 });
    expect(scaleOf([0]).high).toBeGreaterThan(0);
    expect(scaleOf([1e15, -1e15])).toMatchObject({ low: -1e15, high: 1e15 });
  });
});

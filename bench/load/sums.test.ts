import { expect, it } from 'vitest';
import { memoryForEach, perCore, quantile } from './sums.ts';

it('takes quantiles by the nearest rank, and none of nothing', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(quantile(hundred, 0.5)).toBe(50);
  expect(quantile(hundred, 0.95)).toBe(95);
  expect(quantile([7.4], 0.95)).toBe(7);
  expect(quantile([], 0.5)).toBeUndefined();
});

it('tells what each conversation adds from what is there without any', () => {
  const readings = [0, 2, 4].map((count) => ({ count, megabytes: 500 + 90 * count }));
  expect(memoryForEach(readings)).toBe(90);
  expect(memoryForEach([{ count: 4, megabytes: 800 }])).toBeUndefined();
});

it('divides conversations by the cores that they kept busy', () => {
  expect(perCore(4, 0.5)).toBe(8);
});

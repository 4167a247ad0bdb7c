import { expect, it } from 'vitest';
import { areaUnderRoc, furthestApart, passedAt } from './roc.ts';

const labels = [false, false, true, true];

it('is 1 for a perfect detector, 0 for its opposite, and a half for a coin', () => {
  expect(areaUnderRoc({ labels, probabilities: [0.1, 0.2, 0.8, 0.9] })).toBe(1);
  expect(areaUnderRoc({ labels, probabilities: [0.9, 0.8, 0.2, 0.1] })).toBe(0);
  expect(areaUnderRoc({ labels, probabilities: [0.5, 0.5, 0.5, 0.5] })).toBe(0.5);
  expect(areaUnderRoc({ labels, probabilities: [0.1, 0.7, 0.6, 0.9] })).toBe(0.75);
  expect(() => areaUnderRoc({ labels: [true], probabilities: [1] })).toThrow(RangeError);
});

it('tells how far two curves lie apart', () => {
  const one = { labels, probabilities: [0.1, 0.2, 0.8, 0.9] };
  const other = { labels, probabilities: [0.1, 0.6, 0.8, 0.9] };
  expect(passedAt(other, 0.5)).toEqual({ truePositives: 1, falsePositives: 0.5 });
  expect(furthestApart(one, one)).toBe(0);
  expect(furthestApart(one, other)).toBe(0.5);
});

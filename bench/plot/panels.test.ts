import { expect, it } from 'vitest';
import { panelsOf } from './panels.ts';

it('draws medians with their p90, each unit on an axis of its own', () => {
  const spread = { n: 9, median: 20, p90: 40, min: 3, max: 50 };
  expect(
    panelsOf({ 'an answer, ms': spread, 'a page, gzipped kB': { n: 1, median: 257 } }),
  ).toEqual([
    { title: 'median to p90, ms', marks: [{ row: 'an answer, ms', value: 20, p90: 40 }] },
    { title: 'median, kB', marks: [{ row: 'a page, gzipped kB', value: 257 }] },
  ]);
});

it('draws each other column, a p90 as the whisker of its p50', () => {
  const rows = {
    quiet: {
      n: 4,
      lost: 0,
      'after, p50 ms': 10,
      'after, p90 ms': 30,
      'in, ms': 1,
      'in p90, ms': 2,
    },
    loud: { n: 5, lost: 0, 'after, p50 ms': 20, 'in, ms': 3, 'in p90, ms': 4, words: '0 of 3' },
  };
  expect(panelsOf(rows)).toEqual([
    {
      title: 'lost',
      marks: [
        { row: 'quiet', value: 0 },
        { row: 'loud', value: 0 },
      ],
    },
    {
      title: 'after, p50 ms',
      marks: [
        { row: 'quiet', value: 10, p90: 30 },
        { row: 'loud', value: 20 },
      ],
    },
    {
      title: 'in, ms',
      marks: [
        { row: 'quiet', value: 1, p90: 2 },
        { row: 'loud', value: 3, p90: 4 },
      ],
    },
  ]);
});

it('leaves out what only says how it was measured, and puts together what stands alone', () => {
  const rows = {
    updates: { 'captured, s': 305, p50Ms: 0.3, mostMs: 22, cores: 0.3 },
    files: { 'captured, s': 305, 'took, s': 8 },
  };
  expect(panelsOf(rows)).toEqual([
    {
      title: 'ms',
      marks: [
        { row: 'updates: p50Ms', value: 0.3 },
        { row: 'updates: mostMs', value: 22 },
      ],
    },
    { title: 's', marks: [{ row: 'files: took, s', value: 8 }] },
  ]);
});

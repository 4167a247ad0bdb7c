import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readProcessors, stolenShare } from './processors.ts';

describe.runIf(existsSync('/proc/stat'))('the processors of this machine', () => {
  it('have worked more after some work', () => {
    const before = readProcessors();
    const endMs = performance.now() + 100;
    while (performance.now() < endMs);
    expect(readProcessors()?.worked).toBeGreaterThan(before?.worked ?? Infinity);
  });
});

it('tells what a host kept as a share of what was wanted', () => {
  const before = { worked: 1000, stolen: 50 };
  expect(stolenShare(before, { worked: 1060, stolen: 90 })).toBeCloseTo(0.4);
  expect(stolenShare(before, before)).toBe(0);
});

it('takes a host that tells nothing for one that keeps nothing', () => {
  expect(stolenShare(undefined, { worked: 1, stolen: 1 })).toBe(0);
});

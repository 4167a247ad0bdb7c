import { describe, expect, it } from 'vitest';
import { ProbabilityTrace } from './probability-trace.ts';

describe('the trace of the detector', () => {
  it('gives what lies between two times', () => {
    const trace = new ProbabilityTrace();
    for (let frame = 0; frame < 100; frame += 1) trace.add(frame * 32, frame / 100);
    expect(trace.between(64, 128).map(({ atMs }) => atMs)).toEqual([64, 96, 128]);
    expect(trace.between(10_000, 20_000)).toEqual([]);
  });

  it('keeps the last half hour', () => {
    const trace = new ProbabilityTrace();
    const hourOfFrames = 112_500;
    for (let frame = 0; frame < hourOfFrames; frame += 1) trace.add(frame * 32, 0);
    const kept = trace.between(0, Infinity);
    expect(kept.length).toBeGreaterThanOrEqual(56_250);
    expect(kept.length).toBeLessThan(65_000);
    expect(kept.at(-1)?.atMs).toBe((hourOfFrames - 1) * 32);
  });
});

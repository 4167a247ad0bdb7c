import { describe, expect, it } from 'vitest';
import { moved, showing, wholeOf, zoomed } from './window.ts';

const durationMs = 100_000;
const whole = wholeOf(durationMs);

describe('the part of a recording that is in sight', () => {
  it('is all of it at first', () => {
    expect(whole).toEqual({ fromMs: 0, lengthMs: durationMs });
  });

  it('keeps its place under the pointer when it is zoomed', () => {
    const near = zoomed(whole, 0.1, 30_000, durationMs);
    expect(near).toEqual({ fromMs: 27_000, lengthMs: 10_000 });
    expect(zoomed(near, 10, 30_000, durationMs)).toEqual(whole);
  });

  it('never leaves the recording, and never shows less than a few frames', () => {
    const near = zoomed(whole, 0.1, 0, durationMs);
    expect(moved(near, -5000, durationMs).fromMs).toBe(0);
    expect(moved(near, 1e9, durationMs).fromMs).toBe(90_000);
    expect(zoomed(near, 1e-9, 5000, durationMs).lengthMs).toBe(320);
  });

  it('goes to a segment only if it is out of sight', () => {
    const near = zoomed(whole, 0.1, 0, durationMs);
    expect(showing(near, { startMs: 2000, endMs: 3000 }, durationMs)).toBe(near);
    expect(showing(near, { startMs: 50_000, endMs: 52_000 }, durationMs)).toEqual({
      fromMs: 46_000,
      lengthMs: 10_000,
    });
  });
});

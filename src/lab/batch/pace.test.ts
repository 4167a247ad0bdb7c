import { describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

describe('the time that is left', () => {
  it('follows from how fast it has gone, without the pauses', () => {
    let nowMs = 1000;
    const pace = new Pace(() => nowMs);
    pace.go();
    expect(pace.leftMs(0, 100)).toBeUndefined();
    nowMs += 2000;
    expect(pace.leftMs(20, 100)).toBe(8000);
    pace.rest();
    nowMs += 60_000;
    expect(pace.leftMs(20, 100)).toBe(8000);
    pace.go();
    nowMs += 1000;
    expect(pace.leftMs(30, 100)).toBe(7000);
  });

  it('is not told before there is something to go by', () => {
    let nowMs = 0;
    const pace = new Pace(() => nowMs);
    pace.go();
    nowMs += 100;
    expect(pace.leftMs(50, 100)).toBeUndefined();
  });
});

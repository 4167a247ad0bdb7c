import { describe, expect, it } from 'vitest';
import { reportedLoad } from './load.ts';

describe('reported load', () => {
  it('grows with the conversations, so that rooms spread over workers', () => {
    expect(reportedLoad(0, 2)).toBe(0);
    expect(reportedLoad(2, 2)).toBeGreaterThan(reportedLoad(1, 2));
    expect(reportedLoad(2, 8)).toBeLessThan(reportedLoad(2, 2));
  });

  it('never reaches the mark from which LiveKit gives no more jobs', () => {
    expect(reportedLoad(10_000, 1)).toBeLessThan(0.7);
  });
});

import { describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

const always = { speakingMs: 1000, restingMs: 8000 };
const whileSpoken = { speakingMs: 2000, restingMs: undefined };

/** When something is shown within half a minute that changes all the time, or never. */
function shownAt(
  eyes: { speakingMs: number; restingMs: number | undefined },
  options: { speaking: (atMs: number) => boolean; changes: boolean },
): number[] {
  const pace = new Pace();
  const times: number[] = [];
  for (let atMs = 0; atMs < 30_000; atMs += 100) {
    const frame = options.changes ? atMs : 'the same';
    if (!pace.isDue(eyes, { frame, isSpeaking: options.speaking(atMs), atMs })) continue;
    pace.shown(frame, atMs);
    times.push(atMs);
  }
  return times;
}

describe('the pace of looks', () => {
  it('is as quick as the provider takes them while somebody speaks, and slower before and after', () => {
    const speaking = (atMs: number) => atMs >= 10_000 && atMs < 13_000;
    expect(shownAt(always, { speaking, changes: true })).toEqual([
      0, 8000, 10_000, 11_000, 12_000, 20_000, 28_000,
    ]);
    expect(shownAt(whileSpoken, { speaking, changes: true })).toEqual([10_000, 12_000]);
  });

  it('shows again what has not changed only once in a while', () => {
    expect(shownAt(always, { speaking: () => true, changes: false })).toEqual([0, 15_000]);
  });

  it('leaves a glance out that would come too soon', () => {
    const pace = new Pace();
    expect(pace.mayShow(always, 0)).toBe(true);
    pace.shown('a frame', 0);
    expect(pace.mayShow(always, 999)).toBe(false);
    expect(pace.mayShow(always, 1000)).toBe(true);
    pace.reset();
    expect(pace.mayShow(always, 1001)).toBe(true);
  });
});

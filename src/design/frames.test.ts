import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { animate, type Picture } from './frames.ts';

/** A screen of 60 Hz. */
const refreshMs = 1000 / 60;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (draw: (nowMs: number) => void) => {
    const nowMs = performance.now();
    const nextMs = (Math.floor(nowMs / refreshMs + 1e-6) + 1) * refreshMs;
    setTimeout(() => draw(performance.now()), nextMs - nowMs);
  });
});
afterEach(() => {
  vi.runAllTimers();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function picture(isCalm = false): Picture & { drawn: number[] } {
  const drawn: number[] = [];
  return { drawn, draw: (nowMs) => drawn.push(nowMs), isCalm: () => isCalm };
}

it('draws what follows a voice about 30 times a second, and what hardly moves about 10 times', () => {
  const [lively, calm] = [picture(), picture(true)];
  const stopLively = animate(lively);
  vi.advanceTimersByTime(1000);
  stopLively();
  vi.advanceTimersByTime(200);
  const stopCalm = animate(calm);
  vi.advanceTimersByTime(1000);
  stopCalm();
  expect(lively.drawn.length).toBeGreaterThanOrEqual(27);
  expect(lively.drawn.length).toBeLessThanOrEqual(31);
  expect(calm.drawn.length).toBeGreaterThanOrEqual(9);
  expect(calm.drawn.length).toBeLessThanOrEqual(11);
});

it('draws all pictures in the same frames, at the pace of the liveliest', () => {
  const [calm, lively] = [picture(true), picture()];
  const stop = [animate(calm), animate(lively)];
  vi.advanceTimersByTime(500);
  for (const release of stop) release();
  expect(lively.drawn.length).toBeGreaterThan(10);
  expect(calm.drawn).toEqual(lively.drawn);
});

it('draws nothing after the release, and begins again for the next picture', () => {
  const first = picture();
  animate(first)();
  vi.advanceTimersByTime(500);
  expect(first.drawn).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
  const second = picture();
  const stop = animate(second);
  vi.advanceTimersByTime(100);
  stop();
  expect(second.drawn.length).toBeGreaterThan(1);
});

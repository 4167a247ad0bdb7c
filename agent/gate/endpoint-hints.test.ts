import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EndpointHints } from './endpoint-hints.ts';

let told: number[];
let hints: EndpointHints;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  hints = new EndpointHints((forMs) => told.push(forMs), 1000);
});
afterEach(() => {
  vi.useRealTimers();
});

it('counts the silence from where the speech ended, and not beyond what may matter', () => {
  hints.stopped(Date.now() - 200);
  vi.advanceTimersByTime(5000);
  expect(told[0]).toBe(232);
  expect(told.at(-1)).toBe(1000);
  expect(told).toHaveLength(25);
});

it('says nothing any more when speech goes on', () => {
  hints.stopped(Date.now());
  vi.advanceTimersByTime(100);
  hints.withdraw();
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([32, 64, 96]);
});

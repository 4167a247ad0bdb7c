import { expect, it, vi } from 'vitest';
import { testBrowser } from '../room/test-browser.ts';
import { overdueParts, untilItComes } from './late-code.ts';

const browser = testBrowser();

/** A part that comes when it is asked for the given time, counted from 1. */
function comesAt(time: number) {
  const fetchPart = vi.fn(() =>
    fetchPart.mock.calls.length < time
      ? Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
      : Promise.resolve('the part'),
  );
  return fetchPart;
}

const options = { random: () => 0.5 };

it('a part that comes is asked for once, and nothing is told', async () => {
  const fetchPart = comesAt(1);
  expect(await untilItComes(fetchPart, options)).toBe('the part');
  expect(fetchPart).toHaveBeenCalledTimes(1);
  expect(overdueParts.getState().count).toBe(0);
});

it('a part that does not come is asked for again and again, and told of until it is there', async () => {
  const fetchPart = comesAt(4);
  const part = untilItComes(fetchPart, options);
  await vi.advanceTimersByTimeAsync(499);
  expect(fetchPart).toHaveBeenCalledTimes(1);
  expect(overdueParts.getState().count).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(overdueParts.getState().count).toBe(1);
  await vi.advanceTimersByTimeAsync(3000);
  expect(await part).toBe('the part');
  expect(overdueParts.getState().count).toBe(0);
});

it('is asked for at once when the browser is online again', async () => {
  const fetchPart = comesAt(2);
  const part = untilItComes(fetchPart, options);
  await vi.advanceTimersByTimeAsync(10);
  browser.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(0);
  expect(await part).toBe('the part');
});

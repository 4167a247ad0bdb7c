import { createStore } from 'zustand/vanilla';
import { pause, withJitter } from '../room/persistence.ts';

/** Pauses between one try and the next, in ms, before the jitter. */
const firstPauseMs = 500;
const longestPauseMs = 15_000;

/** How many parts of the page are wanted and do not come, though asked for twice. */
export const overdueParts = createStore<{ readonly count: number }>(() => ({ count: 0 }));

/**
 * Asks for a part's code until it comes, with growing pauses, and at once when the browser is online again. Chromium
 * fetches a module anew that it could not fetch; Firefox remembers the failure until the page is loaded anew, hence the
 * button of the notice (https://github.com/whatwg/html/issues/6768). Never rejects.
 */
export async function untilItComes<Part>(
  fetchPart: () => Promise<Part>,
  { random = Math.random }: { random?: () => number } = {},
): Promise<Part> {
  let pauseMs = firstPauseMs;
  let told = false;
  for (let tries = 1; ; tries += 1) {
    try {
      const part = await fetchPart();
      if (told) count(-1);
      return part;
    } catch {
      if (tries === 2) {
        told = true;
        count(1);
      }
    }
    await pause(withJitter(pauseMs, random));
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

function count(change: 1 | -1): void {
  overdueParts.setState((before) => ({ count: before.count + change }));
}

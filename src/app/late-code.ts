import { createStore, useStore } from 'zustand';
import { growingPauses, type PauseOptions } from '../room/growing-pauses.ts';

/** So many failures make a part overdue. */
const overdueFrom = 2;

/** How many parts of the page are wanted and overdue. */
export const overdueParts = createStore<{ readonly count: number }>(() => ({ count: 0 }));

/** Whether something that is wanted does not come. */
export function useOverdue(): boolean {
  return useStore(overdueParts, ({ count }) => count > 0);
}

/**
 * Asks for a part's code until it comes, with growing pauses, and at once when the browser is online again. Chromium
 * fetches a module anew that it could not fetch; Firefox remembers the failure until the page is loaded anew, hence the
 * button of the notice (https://github.com/whatwg/html/issues/6768). Never rejects.
 */
export async function untilItComes<Part>(
  fetchPart: () => Promise<Part>,
  options?: Pick<PauseOptions, 'random'>,
): Promise<Part> {
  const pause = growingPauses(options);
  let failures = 0;
  for (;;) {
    try {
      const part = await fetchPart();
      if (failures >= overdueFrom) count(-1);
      return part;
    } catch {
      failures += 1;
      if (failures === overdueFrom) count(1);
    }
    await pause();
  }
}

function count(change: 1 | -1): void {
  overdueParts.setState((before) => ({ count: before.count + change }));
}

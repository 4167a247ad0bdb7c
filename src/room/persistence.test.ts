import { expect, it, vi } from 'vitest';
import type { Problem } from '../conversation/state.ts';
import { withJitter } from './growing-pauses.ts';
import { persist, persistenceMs } from './persistence.ts';
import { testBrowser } from './test-browser.ts';

const browser = testBrowser();

function tries(outcomes: (index: number) => Problem | undefined) {
  const atMs: number[] = [];
  const begunMs = performance.now();
  const tryOnce = (): Promise<Problem | undefined> => {
    atMs.push(performance.now() - begunMs);
    return Promise.resolve(outcomes(atMs.length - 1));
  };
  return { atMs, tryOnce };
}

const away: Problem = { code: 'server_unreachable', detail: 'Failed to fetch' };
const never = new AbortController().signal;
const random = (): number => 0.5;

it('tries after growing pauses until it succeeds', async () => {
  const { atMs, tryOnce } = tries((index) => (index < 6 ? away : undefined));
  const outcome = persist(tryOnce, { signal: never, random });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await outcome).toBeUndefined();
  expect(atMs).toEqual([500, 1500, 3500, 7500, 15_500, 30_500, 45_500]);
});

it('gives up on what no further try would mend', async () => {
  const { atMs, tryOnce } = tries(() => ({ code: 'token_expired' }));
  const outcome = persist(tryOnce, { signal: never, random });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await outcome).toEqual({ code: 'token_expired' });
  expect(atMs).toEqual([500]);
});

it('calls the connection lost when the time is up', async () => {
  const { tryOnce } = tries(() => away);
  const outcome = persist(tryOnce, { signal: never, random });
  await vi.advanceTimersByTimeAsync(persistenceMs + 20_000);
  expect(await outcome).toEqual({ code: 'connection_lost', detail: 'Failed to fetch' });
});

it('tries at once when the browser is online again', async () => {
  const { atMs, tryOnce } = tries((index) => (index < 5 ? away : undefined));
  const outcome = persist(tryOnce, { signal: never, random });
  await vi.advanceTimersByTimeAsync(16_000);
  browser.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(0);
  expect(await outcome).toBeUndefined();
  expect(atMs.at(-1)).toBe(16_000);
});

it('ends without a further try when it is no longer wanted, be it in the midst of one', async () => {
  const wish = new AbortController();
  const { atMs, tryOnce } = tries(() => {
    wish.abort();
    return undefined;
  });
  const outcome = persist(tryOnce, { signal: wish.signal, random });
  const rejected = expect(outcome).rejects.toThrow(/abort/i);
  await vi.advanceTimersByTimeAsync(60_000);
  await rejected;
  expect(atMs).toHaveLength(1);
});

it('spreads those who come back by a quarter either way', () => {
  expect(withJitter(1000, () => 0)).toBe(750);
  expect(withJitter(1000, () => 1)).toBe(1250);
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { drainMs, Duck, longestDrainMs } from './duck.ts';

let changes: boolean[] = [];

function duckAt(): { duck: Duck; now: () => number } {
  changes = [];
  return { duck: new Duck((closed) => changes.push(closed)), now: () => Date.now() };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the duck', () => {
  it('closes at once', () => {
    const { duck, now } = duckAt();
    duck.cut(now());
    expect(changes).toEqual([true]);
  });

  it('opens when what was on its way has run out', () => {
    const { duck, now } = duckAt();
    duck.cut(now());
    duck.dropped(now());
    vi.advanceTimersByTime(drainMs - 1);
    expect(duck.closed).toBe(true);
    vi.advanceTimersByTime(1);
    expect(changes).toEqual([true, false]);
  });

  it('opens as early as the first news of the drop allows, not the last', () => {
    const { duck, now } = duckAt();
    duck.cut(now());
    duck.dropped(now());
    vi.advanceTimersByTime(100);
    duck.dropped(now());
    vi.advanceTimersByTime(drainMs - 100);
    expect(duck.closed).toBe(false);
  });

  it('stays closed while more of the old reply arrives, and opens as soon as that ends', () => {
    const { duck, now } = duckAt();
    duck.arrives(true, now());
    duck.cut(now());
    duck.dropped(now());
    vi.advanceTimersByTime(drainMs + 100);
    expect(duck.closed).toBe(true);
    duck.arrives(false, now());
    vi.advanceTimersByTime(0);
    expect(changes).toEqual([true, false]);
  });

  it('takes a pause in what arrives for no end of it', () => {
    const { duck, now } = duckAt();
    duck.cut(now());
    duck.dropped(now());
    vi.advanceTimersByTime(drainMs - 50);
    duck.arrives(true, now());
    vi.advanceTimersByTime(100);
    expect(duck.closed).toBe(true);
  });

  it('opens for a new reply that comes before the old one has run out', () => {
    const { duck, now } = duckAt();
    duck.arrives(true, now());
    duck.cut(now());
    duck.dropped(now());
    vi.advanceTimersByTime(700);
    duck.replyBegan(now());
    vi.advanceTimersByTime(0);
    expect(duck.closed).toBe(false);
  });

  it('is not held closed by what never ends', () => {
    const { duck, now } = duckAt();
    duck.arrives(true, now());
    duck.cut(now());
    duck.dropped(now());
    vi.advanceTimersByTime(longestDrainMs);
    expect(duck.closed).toBe(false);
  });

  it('opens at once when the cut failed', () => {
    const { duck, now } = duckAt();
    duck.cut(now());
    duck.open();
    expect(changes).toEqual([true, false]);
  });

  it('opens for a new reply', () => {
    const { duck, now } = duckAt();
    duck.cut(now());
    vi.advanceTimersByTime(2000);
    duck.replyBegan(now());
    vi.advanceTimersByTime(0);
    expect(duck.closed).toBe(false);
  });

  it('does not take late news of the cut reply for a new one, and opens soon all the same', () => {
    const { duck, now } = duckAt();
    duck.cut(now());
    vi.advanceTimersByTime(50);
    duck.replyBegan(now());
    expect(duck.closed).toBe(true);
    vi.advanceTimersByTime(600);
    expect(duck.closed).toBe(false);
  });

  it('never stays closed for good', () => {
    const { duck, now } = duckAt();
    duck.cut(now());
    vi.advanceTimersByTime(10_000);
    expect(changes).toEqual([true, false]);
  });

  it('stays closed when the person cuts in twice, and then opens once', () => {
    const { duck, now } = duckAt();
    duck.cut(now());
    duck.dropped(now());
    vi.advanceTimersByTime(200);
    duck.cut(now());
    vi.advanceTimersByTime(200);
    expect(duck.closed).toBe(true);
    duck.dropped(now());
    vi.advanceTimersByTime(drainMs);
    expect(changes).toEqual([true, false]);
  });

  it('has nothing to open when it is open', () => {
    const { duck, now } = duckAt();
    duck.dropped(now());
    duck.replyBegan(now());
    duck.open();
    vi.advanceTimersByTime(10_000);
    expect(changes).toEqual([]);
  });
});

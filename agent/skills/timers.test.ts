import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Timers, type TimerState } from './timers.ts';
import { labelOf, sayRing } from './timing.ts';

const start = new Date('2026-03-11T09:41:00Z');

describe('Timers', () => {
  let rung: string[];
  let timers: Timers;

  beforeEach(() => {
    vi.useFakeTimers({ now: start });
    rung = [];
    timers = new Timers({ now: () => new Date(), onRing: (timer) => rung.push(sayRing(timer)) });
  });

  afterEach(() => {
    timers.close();
    vi.useRealTimers();
  });

  it('ring when their time is up, and are gone then', () => {
    timers.set(60_000, 'pasta');
    timers.set(30_000);
    vi.advanceTimersByTime(29_999);
    expect(rung).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(rung).toEqual(["Time's up for your 30-second timer."]);
    expect(timers.list().map(labelOf)).toEqual(['pasta timer']);
    vi.advanceTimersByTime(30_000);
    expect(rung.at(-1)).toBe("Time's up for your pasta timer.");
    expect(timers.list()).toEqual([]);
  });

  it('say a reminder as what there is to do', () => {
    timers.set(1000, 'call your mum');
    vi.advanceTimersByTime(1000);
    expect(rung).toEqual(['Here is your reminder: call your mum.']);
  });

  it('tell what is left, the next to ring first', () => {
    timers.set(600_000, 'slow');
    timers.set(60_000, 'quick');
    vi.advanceTimersByTime(15_000);
    const left = timers.list().map((timer) => [timer.name, timers.remainingMs(timer)]);
    expect(left).toEqual([
      ['quick', 45_000],
      ['slow', 585_000],
    ]);
  });

  it('stay silent once they are cancelled', () => {
    const { id } = timers.set(1000);
    expect(timers.cancel(id)).toBe(true);
    expect(timers.cancel(id)).toBe(false);
    vi.advanceTimersByTime(5000);
    expect(rung).toEqual([]);
  });

  it('all stay silent after close', () => {
    timers.set(1000);
    timers.set(2000);
    timers.close();
    vi.advanceTimersByTime(5000);
    expect(rung).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([0, -1, Number.NaN, 24 * 60 * 60 * 1000 + 1])(
    'refuse a duration of %d ms',
    (durationMs) => {
      expect(() => timers.set(durationMs)).toThrow(RangeError);
    },
  );

  it('refuse more than fifty at once', () => {
    for (let count = 0; count < 50; count += 1) timers.set(60_000);
    expect(() => timers.set(60_000)).toThrow(/50/);
  });

  it('go on after the person has left and come back, and ring at once if their time is over', () => {
    timers.set(60_000, 'pasta');
    timers.set(600_000, 'bread');
    const kept: TimerState[] = JSON.parse(JSON.stringify(timers.list())) as TimerState[];
    timers.close();
    vi.advanceTimersByTime(120_000);

    const later = new Timers({
      now: () => new Date(),
      onRing: (timer) => rung.push(labelOf(timer)),
    });
    later.restore(kept);
    vi.advanceTimersByTime(0);
    expect(rung).toEqual(['pasta timer']);
    expect(later.list().map((timer) => later.remainingMs(timer))).toEqual([480_000]);
    expect(later.set(1000).id).toBeGreaterThan(2);
    later.close();
  });

  it('run on the real clock as well', async () => {
    vi.useRealTimers();
    const rings = await new Promise<TimerState>((resolve) => {
      new Timers({ now: () => new Date(), onRing: resolve }).set(20, 'blink');
    });
    expect(rings.name).toBe('blink');
  });
});

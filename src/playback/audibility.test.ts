import { describe, expect, it } from 'vitest';
import { Audibility, type Mend, type SoundFacts } from './audibility.ts';

const well: Omit<SoundFacts, 'timeS'> = {
  state: 'running',
  paused: false,
  starved: false,
  elsewhere: false,
};

/** Looks each second, with a clock that runs unless it is told to stand. What was tried, with the ms at which it was. */
function watched(
  seconds: number,
  facts: (second: number) => Partial<SoundFacts>,
): { what: Mend; atMs: number }[] {
  const audibility = new Audibility();
  return Array.from({ length: seconds }, (_, second) =>
    audibility
      .mends({ ...well, timeS: second, ...facts(second) }, second * 1000)
      .map((what) => ({ what, atMs: second * 1000 })),
  ).flat();
}

describe('the sound that is wanted', () => {
  it('is left alone while it is there', () => {
    expect(watched(60, () => ({}))).toEqual([]);
  });

  it('is asked for at once when the graph is suspended, then after growing pauses', () => {
    const tried = watched(40, () => ({ state: 'suspended', timeS: 5 }));
    expect(new Set(tried.map(({ what }) => what))).toEqual(new Set(['resume']));
    expect(tried.map(({ atMs }) => atMs / 1000)).toEqual([0, 1, 2, 4, 8, 16, 24, 32]);
  });

  it('is asked for at once again when it was there between', () => {
    const tried = watched(30, (second) => (second === 20 ? {} : { state: 'interrupted' }));
    expect(tried.at(-5)?.atMs).toBe(21_000);
  });

  it('is fetched from the device anew where the graph says that it runs and stands', () => {
    const tried = watched(9, (second) => (second < 5 ? {} : { timeS: 4 }));
    expect(tried).toEqual([
      { what: 'reopen', atMs: 7000 },
      { what: 'reopen', atMs: 8000 },
    ]);
  });

  it('is not fetched anew for a look that came too soon after the one before', () => {
    expect(watched(9, (second) => ({ timeS: Math.floor(second / 2) }))).toEqual([]);
  });

  it('is played again at once, and is not taken for lost on its way meanwhile', () => {
    const tried = watched(4, (second) => (second < 3 ? {} : { paused: true, starved: true }));
    expect(tried).toEqual([{ what: 'play', atMs: 3000 }]);
  });

  it('is taken from the room again only when it fails to come for a while', () => {
    expect(watched(20, (second) => ({ starved: second % 3 !== 0 }))).toEqual([]);
    expect(watched(3, () => ({ starved: true }))).toEqual([{ what: 'rejoin', atMs: 2000 }]);
  });

  it('goes back to its speaker, whatever else is wrong', () => {
    const tried = watched(1, () => ({ elsewhere: true, paused: true }));
    expect(tried.map(({ what }) => what)).toEqual(['play', 'speaker']);
  });
});

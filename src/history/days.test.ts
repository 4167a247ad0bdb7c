import { expect, it } from 'vitest';
import { byDay, daysBetween } from './days.ts';
import { keptSinceMs } from './retention.ts';
import { readableBytes } from './sizes.ts';
import { conversation, said } from './testing.ts';

it('puts a day before the first conversation of each', () => {
  const noon = new Date(2026, 2, 4, 12).getTime();
  const hour = 3_600_000;
  const ends = [noon, noon - 11 * hour, noon - 13 * hour, noon - 60 * hour];
  const listed = byDay(ends.map((endMs) => conversation(`${endMs}`, [said('1', 'Hi', 0)], endMs)));
  const midnight = (day: number): number => new Date(2026, 2, day).getTime();
  expect(listed.map(({ newDayMs }) => newDayMs)).toEqual([
    midnight(4),
    undefined,
    midnight(3),
    midnight(2),
  ]);
  expect(daysBetween(noon - 13 * hour, noon)).toBe(1);
});

it('keeps for as long as was chosen', () => {
  expect(keptSinceMs('forever', 1e12)).toBe(-Infinity);
  expect(keptSinceMs('7', 1e12)).toBe(1e12 - 7 * 24 * 3_600_000);
  expect(keptSinceMs('none', 1e12)).toBe(Infinity);
});

it('tells sizes as people read them', () => {
  expect([812, 1400, 812_345, 1_449_000, 3e12].map(readableBytes)).toEqual([
    '812 B',
    '1.4 kB',
    '812 kB',
    '1.4 MB',
    '3.0 TB',
  ]);
});

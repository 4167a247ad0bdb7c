import { DateTime } from 'luxon';
import { z } from 'zod';
import { resolveDay, sayDate, sayWeekday } from './dates.ts';
import { findPlace } from './places.ts';
import { capitalise, plural, sayDuration } from './saying.ts';
import { skill, type SkillContext, type SkillResult, type ToolSet } from './skill.ts';

const place = z
  .string()
  .nullish()
  .describe('City, country or zone; where the person is if not given.');

/** Time and date, here and elsewhere. */
export function clockSkills(context: SkillContext): ToolSet {
  const here = () => DateTime.fromJSDate(context.now(), { zone: context.timeZone });
  return [
    skill({
      name: 'get_time',
      description: 'Tells the time now, or some minutes from now, here or in another place.',
      parameters: z.object({
        place,
        offsetMinutes: z.number().nullish().describe('Minutes from now; negative for the past.'),
      }),
      run: (args) => tellTime(here(), args.place ?? undefined, args.offsetMinutes ?? 0),
    }),
    skill({
      name: 'get_date',
      description: 'Tells weekday and date of a day, or the week, month or year it is in.',
      parameters: z.object({
        day: z.string().nullish().describe('In words or as 2026-12-25; today if not given.'),
        part: z.enum(['date', 'week', 'month', 'year']).nullish(),
        place,
      }),
      run: (args) =>
        tellDate(here(), args.day ?? 'today', args.part ?? 'date', args.place ?? undefined),
    }),
    skill({
      name: 'count_days',
      description:
        'Counts the days, weeks or months between two days, for example until Christmas.',
      parameters: z.object({
        to: z.string().describe('A day in words or as 2026-12-25.'),
        from: z.string().nullish().describe('The other day; today if not given.'),
        unit: z.enum(['days', 'weeks', 'months']).nullish(),
      }),
      run: (args) => countDays(here(), args.to, args.from ?? undefined, args.unit ?? 'days'),
    }),
    skill({
      name: 'time_difference',
      description: 'Tells how far the clocks of two places are apart.',
      parameters: z.object({ place: z.string(), from: place }),
      run: (args) => tellDifference(here(), args.place, args.from ?? undefined),
    }),
  ];
}

function tellTime(
  here: DateTime,
  placeName: string | undefined,
  offsetMinutes: number,
): SkillResult {
  const spot = placeName === undefined ? undefined : findPlace(placeName);
  if (placeName !== undefined && !spot) return unknownPlace(placeName);
  const moment = here.plus({ minutes: offsetMinutes });
  const there = spot ? moment.setZone(spot.zone) : moment;
  const where = spot ? ` in ${spot.name}` : '';
  const day = there.toISODate() === here.toISODate() ? '' : ` on ${sayWeekday(there)}`;
  const facts = { time: there.toISO(), zone: there.zoneName };
  const time = sayTime(there);
  if (offsetMinutes === 0) return { ...facts, say: `It's ${time}${day}${where}.` };
  const span = sayDuration(Math.abs(offsetMinutes) * 60_000);
  return {
    ...facts,
    say:
      offsetMinutes > 0
        ? `In ${span} it will be ${time}${day}${where}.`
        : `${capitalise(span)} ago it was ${time}${day}${where}.`,
  };
}

function tellDate(
  here: DateTime,
  phrase: string,
  part: string,
  placeName: string | undefined,
): SkillResult {
  const spot = placeName === undefined ? undefined : findPlace(placeName);
  if (placeName !== undefined && !spot) return unknownPlace(placeName);
  const now = spot ? here.setZone(spot.zone) : here;
  const day = resolveDay(phrase, now);
  if (!day) return { say: `I don't know which day "${phrase}" is.` };
  const { date, name } = day;
  const facts = { date: date.toISODate() };
  if (part === 'year') return { ...facts, say: `It's ${date.year}.` };
  if (part === 'month')
    return { ...facts, say: `It's ${date.setLocale('en').monthLong ?? ''} ${date.year}.` };
  if (part === 'week')
    return { ...facts, say: `It's week ${date.weekNumber} of ${date.weekYear}.` };

  const withYear = date.year !== now.year;
  const weekday = sayWeekday(date);
  const calendar = sayDate(date, withYear);
  if (name === 'today') {
    const full = `${weekday}, ${sayDate(date, true)}`;
    return { ...facts, say: spot ? `In ${spot.name} it's ${full}.` : `Today is ${full}.` };
  }
  const was = date < now.startOf('day') ? 'was' : 'is';
  if (name === calendar || name === sayDate(date, true)) {
    return { ...facts, say: `${capitalise(name)} ${was} a ${weekday}.` };
  }
  if (name.startsWith('in '))
    return { ...facts, say: `${capitalise(name)} it's ${weekday}, ${calendar}.` };
  if (name.endsWith(' ago'))
    return { ...facts, say: `${capitalise(name)} it was ${weekday}, ${calendar}.` };
  if (name.includes(weekday)) return { ...facts, say: `${capitalise(name)} ${was} ${calendar}.` };
  return { ...facts, say: `${capitalise(name)} ${was} ${weekday}, ${calendar}.` };
}

function countDays(
  here: DateTime,
  to: string,
  from: string | undefined,
  unit: 'days' | 'weeks' | 'months',
): SkillResult {
  // Counting up to today can only be meant from a day in the past.
  const since = from !== undefined && to === 'today';
  const start = resolveDay(from ?? 'today', here, since);
  const end = resolveDay(to, here);
  const lost = !start ? from : !end ? to : undefined;
  if (!start || !end) return { say: `I don't know which day "${lost ?? ''}" is.` };
  const days = Math.round(end.date.diff(start.date, 'days').days);
  const facts = { days, from: start.date.toISODate(), to: end.date.toISODate() };
  if (days === 0) {
    return {
      ...facts,
      say: from === undefined ? `${capitalise(end.name)} is today!` : 'That is the same day.',
    };
  }
  const span = saySpan(Math.abs(days), unit, start.date, end.date);
  const count = span.startsWith('1 ') ? 'is' : 'are';
  if (since) return { ...facts, say: `It has been ${span} since ${start.name}.` };
  if (from !== undefined) {
    return { ...facts, say: `There ${count} ${span} between ${start.name} and ${end.name}.` };
  }
  return {
    ...facts,
    say:
      days > 0
        ? `There ${count} ${span} until ${end.name}.`
        : `It has been ${span} since ${end.name}.`,
  };
}

function saySpan(
  days: number,
  unit: 'days' | 'weeks' | 'months',
  a: DateTime,
  b: DateTime,
): string {
  if (unit === 'weeks' && days >= 7) {
    const rest = days % 7;
    const weeks = plural(Math.floor(days / 7), 'week');
    return rest === 0 ? weeks : `${weeks} and ${plural(rest, 'day')}`;
  }
  if (unit === 'months') {
    const [first, last] = a < b ? [a, b] : [b, a];
    const parts = last.diff(first, ['months', 'days']);
    const months = Math.floor(parts.months);
    const rest = Math.round(parts.days);
    if (months > 0)
      return rest === 0
        ? plural(months, 'month')
        : `${plural(months, 'month')} and ${plural(rest, 'day')}`;
  }
  return plural(days, 'day');
}

function tellDifference(
  here: DateTime,
  placeName: string,
  fromName: string | undefined,
): SkillResult {
  const spot = findPlace(placeName);
  if (!spot) return unknownPlace(placeName);
  const base = fromName === undefined ? undefined : findPlace(fromName);
  if (fromName !== undefined && !base) return unknownPlace(fromName);
  const there = here.setZone(spot.zone);
  const start = base ? here.setZone(base.zone) : here;
  const minutes = there.offset - start.offset;
  const other = base?.name ?? 'you';
  const facts = { minutes, place: spot.name, from: other };
  if (minutes === 0) {
    return {
      ...facts,
      say: `${capitalise(spot.name)} has the same time as ${base ? base.name : 'you'}.`,
    };
  }
  const span = sayDuration(Math.abs(minutes) * 60_000);
  return {
    ...facts,
    say: `${capitalise(spot.name)} is ${span} ${minutes > 0 ? 'ahead of' : 'behind'} ${other}.`,
  };
}

function unknownPlace(name: string): SkillResult {
  return { say: `I don't know the time zone of ${capitalise(name)}. Try a bigger city nearby.` };
}

/**
 * Twelve-hour time that speech synthesis reads well: zeros after the hour are turned into words, since ":05" is
 * often read as "zero five" and ":00" as "zero zero".
 */
export function sayTime(time: DateTime): string {
  const hour = time.hour % 12 === 0 ? 12 : time.hour % 12;
  const half = time.hour < 12 ? 'AM' : 'PM';
  if (time.minute === 0) {
    if (time.hour === 0) return 'midnight';
    return time.hour === 12 ? 'noon' : `${hour} ${half}`;
  }
  if (time.minute < 10) return `${plural(time.minute, 'minute')} past ${hour} ${half}`;
  return `${hour}:${String(time.minute)} ${half}`;
}

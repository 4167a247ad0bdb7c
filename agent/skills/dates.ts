import { DateTime } from 'luxon';

/** A day that a person named: midnight of it, and how it is said ("tomorrow", "Christmas"). */
export interface NamedDay {
  readonly date: DateTime;
  readonly name: string;
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const months =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

type Holiday = (year: number) => { month: number; day: number };

const holidays: readonly [names: RegExp, said: string, on: Holiday][] = [
  [/^(?:christmas eve|xmas eve)$/, 'Christmas Eve', () => ({ month: 12, day: 24 })],
  [/^(?:christmas|christmas day|xmas)$/, 'Christmas', () => ({ month: 12, day: 25 })],
  [/^boxing day$/, 'Boxing Day', () => ({ month: 12, day: 26 })],
  [/^new year'?s? eve$/, "New Year's Eve", () => ({ month: 12, day: 31 })],
  [/^(?:the )?new year'?s?(?: day)?$/, "New Year's Day", () => ({ month: 1, day: 1 })],
  [/^valentine'?s?(?: day)?$/, "Valentine's Day", () => ({ month: 2, day: 14 })],
  [/^(?:st|saint) patrick'?s?(?: day)?$/, "Saint Patrick's Day", () => ({ month: 3, day: 17 })],
  [/^april fools?'?(?: day)?$/, "April Fools' Day", () => ({ month: 4, day: 1 })],
  [
    /^(?:independence day|(?:the )?(?:fourth|4th|4) of july)$/,
    'Independence Day',
    () => ({ month: 7, day: 4 }),
  ],
  [/^hall?owe'?en$/, 'Halloween', () => ({ month: 10, day: 31 })],
  [/^thanks ?giving(?: day)?$/, 'Thanksgiving', thanksgiving],
  [/^good friday$/, 'Good Friday', (year) => easter(year, -2)],
  [/^easter monday$/, 'Easter Monday', (year) => easter(year, 1)],
  [/^easter(?: sunday)?$/, 'Easter', (year) => easter(year, 0)],
];

/**
 * Understands a day in words ("tomorrow", "next Friday", "the 3rd of May", "in two weeks" with digits, "Christmas")
 * or as `2026-12-25`, seen from `now` in its zone. A date without a year is the next one from today on, or with
 * `past` the last one before. Undefined if it is no day that exists.
 */
export function resolveDay(phrase: string, now: DateTime, past = false): NamedDay | undefined {
  const today = now.startOf('day');
  const text = phrase
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/\bto-day\b/g, 'today')
    .replace(/\bto-morrow\b/g, 'tomorrow')
    .replace(/[.,?!]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:on|this coming|coming) /, '');
  return (
    relativeDay(text, today) ??
    weekday(text, today, past) ??
    holiday(text, today, past) ??
    calendarDay(text, today, past)
  );
}

function relativeDay(text: string, today: DateTime): NamedDay | undefined {
  const fixed: Record<string, [number, string]> = {
    today: [0, 'today'],
    now: [0, 'today'],
    tomorrow: [1, 'tomorrow'],
    yesterday: [-1, 'yesterday'],
    'the day after tomorrow': [2, 'the day after tomorrow'],
    'day after tomorrow': [2, 'the day after tomorrow'],
    'the day before yesterday': [-2, 'the day before yesterday'],
    'day before yesterday': [-2, 'the day before yesterday'],
  };
  const known = fixed[text];
  if (known) return { date: today.plus({ days: known[0] }), name: known[1] };

  const span =
    /^(?:in )?(a|one|\d+) (day|week|fortnight|month|year)s?(?:'s?)?( ago| from now| from today| time)?$/.exec(
      text,
    );
  if (!span || !(text.startsWith('in ') || span[3])) return undefined;
  const count = span[1] === 'a' || span[1] === 'one' ? 1 : Number(span[1]);
  const ago = span[3] === ' ago';
  const unit = span[2] === 'fortnight' ? 'weeks' : `${span[2] ?? 'day'}s`;
  const size = span[2] === 'fortnight' ? 2 * count : count;
  const amount = { [unit]: ago ? -size : size };
  const words = `${count} ${span[2] ?? ''}${count === 1 ? '' : 's'}`;
  return existing(today.plus(amount), ago ? `${words} ago` : `in ${words}`);
}

function weekday(text: string, today: DateTime, past: boolean): NamedDay | undefined {
  const match = /^(next|last|this|a week on )? ?(\w+day)(?: (next week|last week|week))?$/.exec(
    text,
  );
  const index = weekdays.indexOf(match?.[2] ?? '');
  if (!match || index < 0) return undefined;
  const name = (match[2] ?? '').replace(/^./, (letter) => letter.toUpperCase());
  const monday = today.startOf('week');
  if (match[1] === 'next' || match[3] === 'next week') {
    // "Next Friday" on a Monday is the one of the week after for most speakers.
    return { date: monday.plus({ weeks: 1, days: index }), name: `next ${name}` };
  }
  const ahead = (index + 1 - today.weekday + 7) % 7;
  if (match[3] === 'last week')
    return { date: monday.minus({ weeks: 1 }).plus({ days: index }), name: `${name} last week` };
  if (match[1] === 'last' || past) {
    return { date: today.minus({ days: 7 - ahead }), name: `last ${name}` };
  }
  return { date: today.plus({ days: ahead }), name };
}

function holiday(text: string, today: DateTime, past: boolean): NamedDay | undefined {
  const [, bare = text, yearText, direction] =
    /^(.+?)(?: (?:in )?(\d{4})| (this|next|last) year)?$/.exec(
      text.replace(/^(this|next|last) (.+)$/, '$2 $1 year'),
    ) ?? [];
  const found = holidays.find(([names]) => names.test(bare));
  if (!found) return undefined;
  const [, name, on] = found;
  const inYear = (year: number) => DateTime.fromObject({ year, ...on(year) }, { zone: today.zone });
  if (yearText !== undefined) return existing(inYear(Number(yearText)), `${name} ${yearText}`);
  const upcoming = nearest(inYear, today, past);
  if (direction === 'last')
    return existing(nearest(inYear, today.minus({ days: 1 }), true), `last ${name}`);
  return existing(upcoming, name);
}

function calendarDay(text: string, today: DateTime, past: boolean): NamedDay | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso) return named(DateTime.fromISO(text, { zone: today.zone }), true);

  const month = months.join('|');
  const tail = '(?: (?:in )?(\\d{4}))?$';
  const dayFirst = new RegExp(
    `^(?:the )?(\\S+?)(?:st|nd|rd|th)?(?: day)?(?: of)? (${month})${tail}`,
  ).exec(text);
  const monthFirst = new RegExp(`^(${month})(?: the)? (\\S+?)(?:st|nd|rd|th)?${tail}`).exec(text);
  const monthName = dayFirst?.[2] ?? monthFirst?.[1];
  if (monthName === undefined) return undefined;
  const day = Number(dayFirst?.[1] ?? monthFirst?.[2]);
  if (!Number.isInteger(day)) return undefined;
  const inYear = (year: number) =>
    DateTime.fromObject({ year, month: months.indexOf(monthName) + 1, day }, { zone: today.zone });
  const year = dayFirst?.[3] ?? monthFirst?.[3];
  return year === undefined
    ? named(nearest(inYear, today, past), false)
    : named(inYear(Number(year)), true);
}

function named(date: DateTime, withYear: boolean): NamedDay | undefined {
  return existing(date, sayDate(date, withYear));
}

function existing(date: DateTime, name: string): NamedDay | undefined {
  return date.isValid ? { date, name } : undefined;
}

/** The day of a yearly date that is next from today on, or the last before it. Skips years without it (29 February). */
function nearest(inYear: (year: number) => DateTime, today: DateTime, past: boolean): DateTime {
  const step = past ? -1 : 1;
  for (let offset = 0; offset <= 8; offset += 1) {
    const date = inYear(today.year + offset * step);
    if (date.isValid && (past ? date <= today : date >= today)) return date;
  }
  return inYear(today.year);
}

/** "the 25th of December", with the year where it matters. */
export function sayDate(date: DateTime, withYear: boolean): string {
  const month = date.setLocale('en').monthLong ?? '';
  return `the ${ordinal(date.day)} of ${month}${withYear ? ` ${date.year}` : ''}`;
}

function ordinal(value: number): string {
  const suffix =
    value % 100 >= 11 && value % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${suffix}`;
}

export function sayWeekday(date: DateTime): string {
  return date.setLocale('en').weekdayLong ?? '';
}

function thanksgiving(year: number): { month: number; day: number } {
  const first = DateTime.utc(year, 11, 1);
  return { month: 11, day: 1 + ((4 - first.weekday + 7) % 7) + 21 };
}

/** Gregorian Easter Sunday by the anonymous computus. https://en.wikipedia.org/wiki/Date_of_Easter */
function easter(year: number, offsetDays: number): { month: number; day: number } {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  const date = DateTime.utc(year, month, day).plus({ days: offsetDays });
  return { month: date.month, day: date.day };
}

import { DateTime } from 'luxon';
import { resolveDay } from '../../skills/dates.ts';
import { findPlace } from '../../skills/places.ts';
import type { Intent, Recogniser } from '../intent.ts';
import { withOrdinals } from '../spoken-numbers.ts';
import type { Utterance } from '../utterance.ts';
import { findDuration } from './duration.ts';

/** Time and date questions. */
export const recogniseClock: Recogniser = (utterance) =>
  difference(utterance) ??
  shiftedTime(utterance) ??
  time(utterance) ??
  count(utterance) ??
  date(utterance);

/** A place alone, or after "and in": the same question for another place. */
export function placeAlone({ text }: Utterance): string | undefined {
  const name = text
    .replace(/^(?:and |what about |how about |also |or )*(?:in |for |at )?/, '')
    .replace(/(?: then| now)$/, '')
    .trim();
  return name !== '' && findPlace(name) ? name : undefined;
}

/** A day alone, or after "and": the same question for another day. */
export function dayAlone({ text }: Utterance): string | undefined {
  const phrase = withOrdinals(
    text.replace(/^(?:and |what about |how about |also |or )*(?:until |for |on )?/, '').trim(),
  );
  return isDay(phrase) ? phrase : undefined;
}

function difference({ text }: Utterance): Intent | undefined {
  const between =
    /\b(?:time (?:zone )?difference|hours(?: are there)?) between (.+?) and (.+)$/.exec(text);
  if (between) return distance(between[2] ?? '', between[1]);
  const single = /\btime difference (?:with|to|from|for|in) (.+)$/.exec(text);
  if (single) return distance(single[1] ?? '', undefined);
  const ahead =
    /^how (?:far|many hours|much) (?:ahead|behind)(?: of (.+?))? is (.+?)(?: of (.+))?$/.exec(text);
  if (ahead) return distance(ahead[2] ?? '', ahead[1] ?? ahead[3]);
  const is = /^how (?:far|many hours|much) is (.+?) (?:ahead|behind)(?: of (.+))?$/.exec(text);
  return is ? distance(is[1] ?? '', is[2]) : undefined;
}

function distance(place: string, from: string | undefined): Intent {
  const start = from === undefined || /^(?:here|us|me|my place)$/.test(from) ? {} : { from };
  return { tool: 'time_difference', args: { place, ...start } };
}

function shiftedTime({ text, digits }: Utterance): Intent | undefined {
  if (!/^(?:what|what is the) time\b|\btime (?:will|was|would)\b/.test(text)) return undefined;
  const shift = findDuration(digits.replace(/\bin (?=\D+$)/, 'at '));
  if (!shift) return undefined;
  const sign = /\bago\b|\bbefore\b/.test(text) ? -1 : 1;
  const place = /.*\b(?:in|at) (\D+)$/.exec(
    shift.rest.replace(/\b(?:from now|ago|later)\b/g, '').trim(),
  )?.[1];
  return {
    tool: 'get_time',
    args: {
      offsetMinutes: (sign * shift.seconds) / 60,
      ...(place !== undefined && findPlace(place) && { place }),
    },
  };
}

function time({ text }: Utterance): Intent | undefined {
  const match =
    /^(?:(?:what|which) time (?:is it|it is|it's|do (?:you|we) have)|what is (?:the |our )?(?:current |local |exact )?time|(?:the )?(?:current |local |exact )?time|what time|(?:do you )?have the time|got the time|how late is it|what is the clock)(?: right)?(?: now| currently| at the moment)?(?: is it)?(?: (?:in|at|for|over in) (.+?))?(?: right now| now| at the moment| currently)?$/.exec(
      text,
    );
  if (match)
    return {
      tool: 'get_time',
      args: match[1] === undefined || match[1] === 'here' ? {} : { place: match[1] },
    };
  const owned =
    /^(?:what is )?(.+?)(?:'s)? time$|^what time is it (.+)$|^(?:what is )?the time (.+)$/.exec(
      text,
    );
  const place = owned?.[1] ?? owned?.[2] ?? owned?.[3];
  if (place !== undefined && findPlace(place)) return { tool: 'get_time', args: { place } };
  const daylight =
    /^is it (?:day|night|morning|evening|daytime|nighttime|late|early|day time|night time|dark)(?: already)?(?: in (.+))?$/.exec(
      text,
    );
  return daylight?.[1] === undefined
    ? undefined
    : { tool: 'get_time', args: { place: daylight[1] } };
}

function count({ text }: Utterance): Intent | undefined {
  const spoken = withOrdinals(text).replace(/\b(\d+) days? (?:until|till|to)\b/, '$1 days until');
  const between =
    /^(?:how (?:many|long)|what is the number of|number of) ?(days|weeks|months|sleeps|nights)?(?: are)?(?: there)?(?: is it)? (?:between|from) (.+?) (?:and|to|until|till) (.+)$/.exec(
      spoken,
    );
  if (between) return days(between[3] ?? '', between[2], between[1]);
  const until =
    /^(?:how (?:many|long|much)|number of|what is the number of)?(?: more)? ?(days|weeks|months|sleeps|nights|time)?(?: left)?(?: are| is| do we have)?(?: there| it| we)?(?: left)?(?: to go)? ?\b(?:until|till|til|to|before|up to|away is|away from|off is) (.+)$/.exec(
      spoken,
    );
  if (until && /^(?:how|number|what|days|weeks|months)/.test(spoken))
    return days(until[2] ?? '', undefined, until[1]);
  const away =
    /^how (?:far|long|many (days|weeks|months)) (?:away |off )?is (.+?)(?: away| off)?$/.exec(
      spoken,
    );
  if (away) return days(away[2] ?? '', undefined, away[1]);
  const since =
    /^how (?:many|long) ?(days|weeks|months)?(?: ago)?(?: is it| has it been| have passed| was| is)?(?: since)? (.+)$/.exec(
      spoken,
    );
  if (since && /\bsince\b|\bago\b/.test(spoken)) {
    const day = (since[2] ?? '').replace(/^since /, '');
    return isDay(day)
      ? { tool: 'count_days', args: { from: day, to: 'today', ...unitOf(since[1]) } }
      : undefined;
  }
  return undefined;
}

function days(to: string, from: string | undefined, unit: string | undefined): Intent | undefined {
  if (!isDay(to) || (from !== undefined && !isDay(from))) return undefined;
  const start = from === undefined || /^(?:today|now)$/.test(from) ? {} : { from };
  return { tool: 'count_days', args: { to, ...start, ...unitOf(unit) } };
}

function unitOf(unit: string | undefined): { unit?: 'weeks' | 'months' } {
  return unit === 'weeks' || unit === 'months' ? { unit } : {};
}

function date({ text }: Utterance): Intent | undefined {
  const spoken = withOrdinals(text);
  const part =
    /^(?:what|which) (year|month|week)(?: number)?(?: of the year)? (?:is it|it is|are we in|is this|do we have)(?: now)?$|^what is the (?:current )?(year|month|week)(?: number)?$/.exec(
      spoken,
    );
  if (part) return { tool: 'get_date', args: { part: part[1] ?? part[2] } };

  const today =
    /^(?:what|which)(?: is)?(?: the)? ?(?:day|date|weekday|day of the week|day of the month)(?: is it| it is| is today| do we have| today is| today)?(?: today| now)?(?: in (.+))?$|^(?:what is )?(?:the date|the day|today's date|today|the date today|today's day|date|the day today|the day of the week)(?: today)?(?: in (.+))?$/.exec(
      spoken,
    );
  if (today) {
    const place = today[1] ?? today[2];
    if (place === undefined) return { tool: 'get_date', args: {} };
    return findPlace(place) ? { tool: 'get_date', args: { place } } : dayIn(`in ${place}`);
  }
  const asked =
    /^(?:what|which) (?:day|date|weekday|day of the week)(?: of the week)? (?:is|was|will|does|falls|did)(?: it)?(?: be| on| fall on)? ?(?:on )?(.+?)(?: fall on| on| be| fall)?$/.exec(
      spoken,
    ) ??
    /^when (?:is|was|does|did) (.+?)(?: fall)?$/.exec(spoken) ??
    /^what is (?:the )?(?:day|date)(?: of| on| for)? ?(.+)$/.exec(spoken) ??
    /^what is (.+?)(?:'s)? date$/.exec(spoken) ??
    /^(?:what|which) (?:day|date) (.+?) (?:is|was|will be|falls on)$/.exec(spoken) ??
    /^when (.+?) is$/.exec(spoken) ??
    /^what (?:is|was) (tomorrow|yesterday|the day after tomorrow|the day before yesterday)$/.exec(
      spoken,
    );
  return asked ? dayIn(asked[1] ?? '') : undefined;
}

function dayIn(phrase: string): Intent | undefined {
  const day = phrase
    .replace(/'s$/, '')
    .replace(/^it /, '')
    .replace(/(?<!next|last|this) (?:this year)$/, '')
    .trim();
  return isDay(day) ? { tool: 'get_date', args: { day } } : undefined;
}

/** Only whether it is a day matters here, so any leap year will do. */
const anyTime = DateTime.utc(2028, 1, 5);

function isDay(phrase: string): boolean {
  return resolveDay(phrase, anyTime) !== undefined;
}

import type { Intent, Recogniser } from '../intent.ts';
import type { Utterance } from '../utterance.ts';
import { findDuration } from './duration.ts';

const thing = '(?:timers?|alarms?|reminders?|countdowns?)';

/** Timers, alarms and reminders. */
export const recogniseTiming: Recogniser = (utterance) =>
  cancel(utterance) ?? list(utterance) ?? remind(utterance) ?? wake(utterance) ?? set(utterance);

/** The answer to "How long should the timer run?". */
export function answerDuration({ digits }: Utterance, name: unknown): Intent | undefined {
  const found = findDuration(digits);
  if (!found || !/^(?:for|make it|about|let's say|say)?$/.test(found.rest)) return undefined;
  return {
    tool: 'set_timer',
    args: { seconds: found.seconds, ...(typeof name === 'string' && { name }) },
  };
}

function cancel({ text, digits }: Utterance): Intent | undefined {
  const match = new RegExp(
    `^(?:cancel|stop|delete|remove|clear|turn off|switch off|end|kill|dismiss|forget(?: about)?|get rid of)(?: the| my| that| this)*(.*?) ?\\b${thing}(?: for (?:the |my )?(.+))?$`,
  ).exec(digits);
  if (!match || /\bremember\b/.test(text)) return undefined;
  const which = (match[1] ?? '').trim();
  if (
    /^(?:all|every|both)\b/.test(which) ||
    (which === '' && /timers$|alarms$|reminders$/.test(text))
  ) {
    return { tool: 'cancel_timer', args: { all: true } };
  }
  const name = nameFrom(which) ?? nameFrom(match[2] ?? '');
  return { tool: 'cancel_timer', args: name === undefined ? {} : { name } };
}

function list({ text }: Utterance): Intent | undefined {
  const onTimer = new RegExp(
    `(?:left|remaining|remain|to go)(?: on| in| for)?(?: the| my| this)*(.*?)(?: ${thing})?$`,
  ).exec(text);
  if (
    /^(?:how (?:long|much|many)|what)\b.*\b(?:left|remain|remaining|to go)\b/.test(text) &&
    onTimer
  ) {
    const name =
      nameFrom(onTimer[1] ?? '') ?? nameFrom(/\b(?:the|my) (.+?) timer\b/.exec(text)?.[1] ?? '');
    return { tool: 'list_timers', args: name === undefined ? {} : { name } };
  }
  const asked = new RegExp(
    `^(?:what|which|list|show|read|check|are there|is there|do i have|have i got|how many|how is|how are|how long|when)\\b.*?\\b(?:(?:the|my|any|a) )*(\\S+ )?${thing}\\b`,
  ).exec(text);
  if (asked && !/\b(?:set|start)\b/.test(text)) {
    const name = nameFrom(
      (asked[1] ?? '').replace(
        /^(?:is|are|what|which|many|list|show|check|running|active|long|does)\b/,
        '',
      ),
    );
    return { tool: 'list_timers', args: name === undefined ? {} : { name } };
  }
  if (/^(?:time left|how much longer|how long (?:left|to go))$/.test(text))
    return { tool: 'list_timers', args: {} };
  return undefined;
}

function remind(utterance: Utterance): Intent | undefined {
  const { digits } = utterance;
  if (!/^(?:set (?:a|up a) reminder|remind me|give me a reminder)\b/.test(digits)) return undefined;
  const bare = digits.replace(
    /^(?:set (?:a|up a) reminder|remind me|give me a reminder)(?: for)? ?/,
    '',
  );
  const at = findClock(bare);
  const found = at ? undefined : findDuration(bare);
  const rest = (at?.rest ?? found?.rest ?? bare)
    .replace(/\bfrom now\b/g, '')
    .replace(/^in (?:about )?(?=to |about |that |$)/, '')
    .replace(/ (?:in|at)(?: about)?$/, '')
    .replace(/^(?:to|about|that i (?:need|have|should) to) /, '')
    .trim();
  const name = rest === '' ? {} : { name: personal(rest) };
  if (at) return { tool: 'set_timer', args: { at: at.time, ...name } };
  if (found) return { tool: 'set_timer', args: { seconds: found.seconds, ...name } };
  return { tool: 'set_timer', args: name };
}

function wake({ digits }: Utterance): Intent | undefined {
  const match =
    /^(?:wake me(?: up)?|(?:set|make|create)(?: me)? (?:an|the|my) alarm|alarm)\b(?: clock)?(.*)$/.exec(
      digits,
    );
  if (!match) return undefined;
  const found = findDuration(match[1] ?? '');
  if (found) return { tool: 'set_timer', args: { seconds: found.seconds } };
  const at = findClock(match[1] ?? '');
  return { tool: 'set_timer', args: at ? { at: at.time } : {} };
}

function set({ digits }: Utterance): Intent | undefined {
  const isTimer = /\b(?:timer|countdown|count down)\b/.test(digits);
  if (!isTimer || /^(?:what|why|who|can a|is)\b/.test(digits)) return undefined;
  const asked =
    /^(?:set|start|create|make|put|give|add|begin|run|new|another|a|an|i need|start up|timer|count|pop)\b/.test(
      digits,
    );
  const found = findDuration(digits);
  if (!found) {
    if (!asked) return undefined;
    const name = timerName(digits);
    return { tool: 'set_timer', args: name === undefined ? {} : { name } };
  }
  const name = timerName(found.rest);
  return {
    tool: 'set_timer',
    args: { seconds: found.seconds, ...(name !== undefined && { name }) },
  };
}

/** What is left of "set a pasta timer for 10 minutes" once the time and the usual words are taken away. */
function timerName(rest: string): string | undefined {
  const called =
    /\b(?:called|named|labelled|labeled|for) (?:the |my |a |an )?(?!for\b)([a-z][a-z' -]*?)(?: for| to| in)?$/.exec(
      rest,
    );
  const before =
    /(?:^|\b(?:a|an|the|my|another|new)) ?([a-z][a-z' -]*?) (?:timer|countdown)\b/.exec(rest)?.[1];
  const bare = (words: string | undefined) =>
    nameFrom(
      (words ?? '')
        .replace(
          /^(?:set|start|create|make|put on|put|give me|give|add|begin|run|i need)\b(?: up)?(?: me)?/,
          '',
        )
        .trim(),
    );
  return bare(before) ?? bare(called?.[1]);
}

function nameFrom(words: string): string | undefined {
  const name = words
    .trim()
    .replace(
      /^(?:(?:the|my|a|an|another|new|that|this|is|are|of|on|it|for|me|up|one|second|one's|with)(?: |$))+/,
      '',
    )
    .replace(/ (?:for|of|the|in|to)$/, '')
    .trim();
  return name === '' ||
    /^(?:timer|timers|there|time|for|kitchen|running|active|current|any|it)$/.test(name)
    ? undefined
    : name;
}

/** "My mum" is "your mum" when the assistant reminds. */
function personal(task: string): string {
  return task
    .replace(/\bmy\b/g, 'your')
    .replace(/\bi\b/g, 'you')
    .replace(/\bme\b/g, 'you');
}

/** "At 7", "half past 6", "7:30 pm", "noon" as HH:mm. An hour without am or pm is taken as the morning from 5 to 11. */
function findClock(digits: string): { time: string; rest: string } | undefined {
  const match =
    /\b(?:at|for|by) (?:(half past|quarter past|quarter to|(\d{1,2}) (?:minutes )?(past|to)) )?(\d{1,2}|noon|midday|midnight)(?:[:. ](\d{2}))?(?: ?o'clock)?(?: ?(am|pm))?(?: in the (morning|afternoon|evening)| at night)?(?!\s?(?:minutes?|hours?|seconds?)\b)(?=$|\s)/.exec(
      digits,
    );
  if (!match) return undefined;
  const [whole, past, minutesBy, direction, hourText = '', minuteText, half, daytime] = match;
  if (hourText === 'noon' || hourText === 'midday') return clock(12, 0, digits, whole);
  if (hourText === 'midnight') return clock(0, 0, digits, whole);
  const given = Number(hourText);
  const afternoon =
    half === 'pm' ||
    daytime === 'afternoon' ||
    daytime === 'evening' ||
    whole.endsWith(' at night');
  const morning = half === 'am' || daytime === 'morning';
  let hour = given;
  if (afternoon && given < 12) hour += 12;
  else if (morning && given === 12) hour = 0;
  else if (!morning && !afternoon && given >= 1 && given < 5) hour += 12;
  let minute = Number(minuteText ?? 0);
  if (past === 'half past') minute = 30;
  else if (past === 'quarter past') minute = 15;
  else if (past === 'quarter to') [hour, minute] = [hour - 1, 45];
  else if (direction === 'past') minute = Number(minutesBy);
  else if (direction === 'to') [hour, minute] = [hour - 1, 60 - Number(minutesBy)];
  return clock((hour + 24) % 24, minute, digits, whole);
}

function clock(
  hour: number,
  minute: number,
  digits: string,
  whole: string,
): { time: string; rest: string } | undefined {
  if (hour > 23 || minute > 59) return undefined;
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  return {
    time,
    rest: digits
      .replace(whole, ' ')
      .replace(/\btomorrow\b|\btoday\b|\btonight\b/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  };
}

import { DateTime } from 'luxon';
import { z } from 'zod';
import { sayTime } from './clock.ts';
import { capitalise, joinWords, sayCount, sayDuration } from './saying.ts';
import { skill, type SkillContext, type SkillResult, type ToolSet } from './skill.ts';
import { longestTimerMs, type TimerState } from './timers.ts';

/** Nobody can hold more than this in the ear. */
const mostReadAloud = 3;

const name = z.string().nullish().describe('What the timer is called, for example pasta.');

/** Timers and reminders that ring in the conversation. */
export function timingSkills(context: SkillContext): ToolSet {
  return [
    skill({
      name: 'set_timer',
      description:
        'Starts a timer or reminder that rings in this conversation. Give seconds, or a time of day.',
      parameters: z.object({
        seconds: z.number().nullish(),
        at: z.string().nullish().describe('Time of day as 07:30, for an alarm.'),
        name: name.describe('What it is for, for example pasta, or: call the dentist.'),
      }),
      run: (args) =>
        setTimer(context, args.seconds ?? undefined, args.at ?? undefined, args.name ?? undefined),
    }),
    skill({
      name: 'list_timers',
      description: 'Tells which timers run and how long each has left.',
      parameters: z.object({ name }),
      run: (args) => listTimers(context, args.name ?? undefined),
    }),
    skill({
      name: 'cancel_timer',
      description: 'Cancels one timer, or all of them.',
      parameters: z.object({ name, all: z.boolean().nullish() }),
      run: (args) => cancelTimer(context, args.name ?? undefined, args.all ?? false),
    }),
  ];
}

/** What to say aloud when a timer rings. */
export function sayRing(timer: TimerState): string {
  return timer.name !== undefined && isTask(timer.name)
    ? `Here is your reminder: ${timer.name}.`
    : `Time's up for your ${labelOf(timer)}.`;
}

/** How a timer is called: by its name, else by how long it runs. */
export function labelOf(timer: TimerState): string {
  if (timer.name === undefined) return `${adjective(timer.durationMs)} timer`;
  if (isTask(timer.name)) return `reminder to ${timer.name}`;
  return /\b(?:timer|alarm|reminder)$/i.test(timer.name) ? timer.name : `${timer.name} timer`;
}

function setTimer(
  context: SkillContext,
  seconds: number | undefined,
  at: string | undefined,
  timerName: string | undefined,
): SkillResult {
  const now = DateTime.fromJSDate(context.now(), { zone: context.timeZone });
  const clock = at === undefined ? undefined : nextTimeOfDay(at, now);
  if (at !== undefined && !clock) return { say: `I don't know what time ${at} is.` };
  const durationMs = clock ? clock.diff(now).toMillis() : (seconds ?? 0) * 1000;
  if (!(durationMs > 0)) return { say: 'How long should the timer run?', missing: 'duration' };
  if (durationMs > longestTimerMs) return { say: 'I can keep a timer for up to 24 hours.' };
  let timer: TimerState;
  try {
    timer = context.timers.set(durationMs, timerName ?? (clock && `${sayTime(clock)} alarm`));
  } catch (error) {
    return { say: error instanceof RangeError ? error.message : "I couldn't start that timer." };
  }
  const facts = { id: timer.id, name: labelOf(timer), seconds: durationMs / 1000 };
  const when = clock ? `at ${sayTime(clock)}` : undefined;
  if (timerName !== undefined && isTask(timerName)) {
    return {
      ...facts,
      say: `I'll remind you ${when ?? `in ${sayDuration(durationMs)}`} to ${timerName}.`,
    };
  }
  if (when !== undefined)
    return { ...facts, say: `I'll ring ${when}, in ${sayDuration(durationMs)}.` };
  return {
    ...facts,
    say:
      timerName === undefined
        ? `${capitalise(sayDuration(durationMs))}, starting now.`
        : `Your ${labelOf(timer)} is set for ${sayDuration(durationMs)}.`,
  };
}

function listTimers(context: SkillContext, timerName: string | undefined): SkillResult {
  const timers = matching(context, timerName);
  const left = timers.map((timer) => ({
    name: labelOf(timer),
    secondsLeft: Math.round(context.timers.remainingMs(timer) / 1000),
  }));
  const running = context.timers.list();
  const [first] = timers;
  if (running.length === 0) return { timers: left, say: 'No timers are running.' };
  if (!first)
    return { timers: left, say: `There is no ${timerName ?? ''} timer, only ${names(running)}.` };
  if (timers.length === 1) {
    const span = sayDuration(context.timers.remainingMs(first));
    return {
      timers: left,
      say: `There ${/^1 \S+$/.test(span) ? 'is' : 'are'} ${span} left on your ${labelOf(first)}.`,
    };
  }
  const each = timers
    .slice(0, mostReadAloud)
    .map((timer) => `${sayDuration(context.timers.remainingMs(timer))} on the ${labelOf(timer)}`);
  const count = sayCount(timers.length);
  return {
    timers: left,
    say:
      timers.length > mostReadAloud
        ? `You have ${count} timers. The next to ring have ${joinWords(each)}.`
        : `You have ${count} timers: ${joinWords(each)}.`,
  };
}

function cancelTimer(
  context: SkillContext,
  timerName: string | undefined,
  all: boolean,
): SkillResult {
  const running = context.timers.list();
  const [first] = running;
  if (!first) return { cancelled: 0, say: 'No timers are running.' };
  if (all) {
    for (const timer of running) context.timers.cancel(timer.id);
    const which =
      running.length === 1 ? `your ${labelOf(first)}` : `all ${sayCount(running.length)} timers`;
    return { cancelled: running.length, say: `I cancelled ${which}.` };
  }
  const candidates = matching(context, timerName);
  // Of timers that are called the same, the latest is meant.
  const [timer, ...others] = [...candidates].sort((a, b) => b.id - a.id);
  if (!timer) {
    return { cancelled: 0, say: `There is no ${timerName ?? ''} timer, only ${names(running)}.` };
  }
  if (others.some((other) => labelOf(other) !== labelOf(timer))) {
    return { cancelled: 0, ask: 'which', say: `Which one: ${names(candidates, 'or')}?` };
  }
  context.timers.cancel(timer.id);
  return { cancelled: 1, say: `I cancelled your ${labelOf(timer)}.` };
}

function matching(context: SkillContext, timerName: string | undefined): readonly TimerState[] {
  const running = context.timers.list();
  if (timerName === undefined) return running;
  const wanted = plain(timerName);
  return running.filter((timer) => {
    const label = plain(labelOf(timer));
    return label === wanted || plain(timer.name ?? '') === wanted || label.includes(wanted);
  });
}

function plain(label: string): string {
  return label
    .toLowerCase()
    .replace(/-/g, ' ')
    .replace(/\btimers?\b/g, '')
    .replace(/(?<=\S)s\b/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function names(timers: readonly TimerState[], last = 'and'): string {
  return joinWords(
    timers.map((timer) => `the ${labelOf(timer)}`),
    last,
  );
}

/** A name of several words that starts with a verb is a thing to do; "green tea" is not. */
function isTask(timerName: string): boolean {
  return /^(?:call|check|take|turn|put|get|buy|drink|eat|go|feed|walk|water|wash|pick|pay|send|write|ring|phone|text|email|leave|start|stop|stretch|stand|move|do|make|bring|book|order|clean|open|close|switch|look|let|charge|empty|read|ask|tell|join|be|have)\b/i.test(
    timerName,
  );
}

function adjective(durationMs: number): string {
  return sayDuration(durationMs)
    .replace(
      /(\S+) (hour|minute|second)s?/g,
      (_, count: string, unit: string) => `${count}-${unit}`,
    )
    .replaceAll(' and ', ' ')
    .replaceAll(', ', ' ');
}

/** The next time that clocks show `HH:mm`; undefined if that is no time of day. */
function nextTimeOfDay(at: string, now: DateTime): DateTime | undefined {
  const match = /^(\d{1,2}):(\d{2})$/.exec(at.trim());
  if (!match) return undefined;
  const time = now.set({
    hour: Number(match[1]),
    minute: Number(match[2]),
    second: 0,
    millisecond: 0,
  });
  if (!time.isValid || Number(match[1]) > 23) return undefined;
  return time > now ? time : time.plus({ days: 1 });
}

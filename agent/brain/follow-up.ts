import type { Intent, Past, PastCall } from './intent.ts';
import { continueArithmetic } from './recognisers/arithmetic.ts';
import { dayAlone, placeAlone } from './recognisers/clock.ts';
import { continueConversion } from './recognisers/conversion.ts';
import { showResults } from './recognisers/page.ts';
import { answerDuration } from './recognisers/timing.ts';
import type { Utterance } from './utterance.ts';

const again = new Set(['tell_joke', 'tell_story', 'flip_coin', 'roll_dice', 'pick_number']);

/** What an utterance means only because of the one before: "and in London?", "times two", "cancel it". */
export function understandFollowUp(utterance: Utterance, past: Past): Intent | undefined {
  const shown = showResults(utterance, past.lastCalls);
  if (shown) return shown;
  for (const call of [...past.lastCalls].reverse()) {
    const intent = afterCall(utterance, call);
    if (intent) return intent;
  }
  return undefined;
}

function afterCall(utterance: Utterance, call: PastCall): Intent | undefined {
  const { text } = utterance;
  if (
    again.has(call.tool) &&
    /^(?:yes|yeah|yep|sure|again|another|another one|one more|do (?:it|that) again|once more|one more time|go on|more|next|next one|and another(?: one)?|yes another(?: one)?|(?:flip|roll|toss|throw|pick|choose)(?: it| them| one)? again|another (?:flip|roll|number|toss))$/.test(
      text,
    )
  ) {
    return { tool: call.tool, args: call.args };
  }
  switch (call.tool) {
    case 'calculate':
      return typeof call.result['result'] === 'number'
        ? continueArithmetic(utterance, call.result['result'])
        : undefined;
    case 'convert_units':
      return afterConversion(utterance, call);
    case 'get_time':
    case 'time_difference': {
      const place = placeAlone(utterance);
      return place === undefined ? undefined : { tool: call.tool, args: { ...call.args, place } };
    }
    case 'get_date':
    case 'count_days': {
      const day = dayAlone(utterance);
      if (day === undefined) return undefined;
      return call.tool === 'get_date'
        ? { tool: 'get_date', args: { day } }
        : { tool: 'count_days', args: { ...call.args, to: day } };
    }
    case 'set_timer':
    case 'list_timers':
    case 'cancel_timer':
      return afterTimer(utterance, call);
    case 'spell': {
      const word = /^(?:and|what about|how about)(?: the word)? (.+)$/.exec(text)?.[1];
      return word === undefined ? undefined : { tool: 'spell', args: { word } };
    }
    case 'remember':
      if (call.args['note'] === '') return { tool: 'remember', args: { note: utterance.original } };
      return /^(?:forget (?:it|that)|scratch that|undo(?: that)?|no forget (?:it|that))$/.test(text)
        ? { tool: 'forget', args: {} }
        : undefined;
    default:
      return undefined;
  }
}

function afterConversion(utterance: Utterance, call: PastCall): Intent | undefined {
  const { value, from, to } = call.args;
  if (typeof value !== 'number' || typeof from !== 'string' || typeof to !== 'string')
    return undefined;
  const next = continueConversion(utterance, { value, from, to });
  if (next) return next;
  return typeof call.result['value'] === 'number'
    ? continueArithmetic(utterance, call.result['value'])
    : undefined;
}

/**
 * The name alone, after "Which one?": "the pasta one", "pasta timer", "pasta". Any short words would fit, so this may
 * only be asked when they mean nothing else.
 */
export function answerWhich({ text }: Utterance, past: Past): Intent | undefined {
  const call = past.lastCalls.at(-1);
  if (call?.tool !== 'cancel_timer' || call.result['ask'] !== 'which') return undefined;
  const name = /^(?:the )?(\S+(?: \S+){0,2}?)(?: one| timer)?$/.exec(text)?.[1];
  return name === undefined ? undefined : { tool: 'cancel_timer', args: { name } };
}

function afterTimer(utterance: Utterance, call: PastCall): Intent | undefined {
  const { text } = utterance;
  if (call.result['missing'] === 'duration') {
    const answer = answerDuration(utterance, call.args['name']);
    if (answer) return answer;
  }
  if (
    /^(?:cancel|stop|delete|remove|clear|end)(?: it| that| that one| this)?$|^(?:undo|scratch that|never ?mind(?: the timer)?)$/.test(
      text,
    )
  ) {
    const { name } = call.result;
    return { tool: 'cancel_timer', args: typeof name === 'string' ? { name } : {} };
  }
  if (
    /^(?:how long|how much (?:time|longer)|how much is left|how long (?:now|left|is left)|what is left)(?: now| is it)?$/.test(
      text,
    )
  ) {
    return { tool: 'list_timers', args: {} };
  }
  const named = /^(?:cancel|stop|delete|remove) (?:the |my )?(?!all\b|every)(.+?)(?: one)?$/.exec(
    text,
  )?.[1];
  if (named !== undefined && !/\b(?:timers?|alarms?|reminders?|notes?)\b/.test(named)) {
    return { tool: 'cancel_timer', args: { name: named } };
  }
  const another =
    /^(?:and |what about |how about )*(?:(?:another|1 more|one more)(?: timer)?(?: one)? for )(.+)$/.exec(
      utterance.digits,
    )?.[1];
  if (another !== undefined && call.tool === 'set_timer')
    return answerDuration({ ...utterance, digits: another }, undefined);
  if (call.result['ask'] === 'which') {
    if (/^(?:all|all of them|both|both of them|everything|every one|all timers)$/.test(text)) {
      return { tool: 'cancel_timer', args: { all: true } };
    }
  }
  return undefined;
}

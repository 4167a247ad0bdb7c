import { isQuestion } from '../../../agent/brain/fallback.ts';
import type { Situation } from './thinking.ts';

/** Answers what is asked about the conversation itself, from nothing but what came over the wire; else undefined. */
export function recollect(
  { name, history, instructions }: Omit<Situation, 'text' | 'tools'>,
  said: string,
): string | undefined {
  const asked = said.toLowerCase().replace(/[^\p{L}\p{N}' ]+/gu, '');
  if (
    /\bwho (?:are you|am i (?:talking|speaking) (?:to|with))\b|\bwhat is your name\b/.test(asked)
  ) {
    return `This is ${name} speaking.`;
  }
  if (/\bwhat (?:are|were) your instructions\b/.test(asked)) {
    return instructions ? `I was told: ${instructions}` : 'I was given no instructions.';
  }
  if (/\bwhat do you call me\b/.test(asked)) {
    const callName = /\bcall me (\p{L}+)/iu.exec(instructions ?? '')?.[1];
    return callName ? `I call you ${callName}.` : 'I have no name for you.';
  }
  const turns = history.flatMap((item) => (item.role === 'user' ? [item.text] : []));
  if (/\bfirst question\b|\bi ask(?:ed)?(?: you)? (?:at )?(?:the )?(?:very )?first\b/.test(asked)) {
    return told('Your first question was', turns.find(isQuestion) ?? turns[0]);
  }
  if (/\bi (?:say|said|tell)(?: you)? (?:at )?(?:the )?(?:very )?(?:first|start)\b/.test(asked)) {
    return told('The first thing that you said was', turns[0]);
  }
  if (
    /\b(?:last|previous) question\b|\bdid i (?:just )?(?:ask|say)(?: you)?(?: just now| last| before)?$/.test(
      asked,
    )
  ) {
    return told('Before that you said', turns.at(-1));
  }
  if (/\bhow many (?:questions|things) (?:have|did) i (?:asked?|said|say)\b/.test(asked)) {
    return `I know of ${turns.length}.`;
  }
  return undefined;
}

function told(opening: string, words: string | undefined): string {
  return words === undefined ? 'I know of nothing that came before.' : `${opening}: ${words}`;
}

import { backchannelWords } from '#protocol/backchannel.en.ts';
import { wordsOf } from '#protocol/words-of.ts';
import { interjectionWords, wordsBesides } from './interjection.en.ts';

/** Speech shorter than this, in ms, says no word: it is a click, or a bit of what an echo canceller lets through. */
const shortestWordMs = 160;
/**
 * Once somebody is heard, the page lowers the assistant's voice, and its echo dies away within a room's time: what is left
 * of one by a canceller lasts no longer than this, in ms, nor does a single cough.
 */
const shortestTalkMs = 500;
/** Nobody says a word in less, in ms; a recogniser that hears no words makes up as many as it likes. */
const quickestWordMs = 100;
/** A long utterance has pauses in it, so no more than this is asked for without one, in ms. */
const longestAskedForMs = 900;
/** Whoever says more words than this at once has said more than an interjection. */
const mostWords = 5;

const interjections: ReadonlySet<string> = new Set(interjectionWords);
const besides: ReadonlySet<string> = new Set([...wordsBesides, ...backchannelWords]);

/**
 * Whether words that were recognised over the assistant can be what somebody said for whom the page has heard `heardMs` of
 * speech without a pause. What is short enough to be an echo or a cough has to be something that people say so shortly.
 */
export function canBeSpoken(text: string, heardMs: number): boolean {
  if (heardMs < shortestWordMs) return false;
  if (isInterjection(text)) return true;
  const wordsMs = Math.min(longestAskedForMs, wordsOf(text).length * quickestWordMs);
  return heardMs >= Math.max(shortestTalkMs, wordsMs);
}

function isInterjection(text: string): boolean {
  const said = wordsOf(text);
  return (
    said.length <= mostWords &&
    said.some((word) => interjections.has(word)) &&
    said.every((word) => interjections.has(word) || besides.has(word))
  );
}

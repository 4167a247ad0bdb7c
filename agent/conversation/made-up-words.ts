import { wordsOf } from '#protocol/words-of.ts';

/**
 * What recognisers that have learnt from films and their subtitles make of noise, music and laughter, and what nobody says to
 * an assistant in order to cut in on it.
 */
const madeUp: readonly string[] = [
  'thank you for watching',
  'thank you so much for watching',
  'thanks for watching',
  'thank you for listening',
  'please subscribe',
  'please subscribe to my channel',
  'subtitles by the amara org community',
];

/** Whether the whole of a recognised text is such a phrase. */
export function areMadeUp(text: string): boolean {
  return madeUp.includes(wordsOf(text).join(' '));
}

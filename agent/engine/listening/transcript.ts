/** What the recogniser makes of a noise in which nobody speaks. */
const inventedFromNoise = /^\W*you\W*$/iu;

/** The model's training text spells these as a century ago. */
const oldSpellings = /\b(to)-(day|morrow|night)\b/giu;

/** Nobody speaks faster than this, in words a second, with a few words to spare for short bits. */
const fastestSpeech = 6;
const spareWords = 3;
/** Nor in letters and digits a second. */
const fastestLetters = 20;
/** The whole of it twice. */
const saidTwice = /^(\S.*\S) \1$/iu;
/** One word, or a few, three times and more. */
const repetition = /(\b[\p{L}\p{N}'’]+(?:[ ,.]+[\p{L}\p{N}'’]+){0,3}?)(?:[ ,.]+\1\b){2,}/giu;

/**
 * What the recogniser made of audio of that length, as it should be read; empty when there were no words in it. More words
 * than anybody can say in the time come from a recogniser that turns in circles, mostly on half a word: said once is enough.
 */
export function readable(raw: string, audioMs: number): string {
  const spelt = raw
    .replace(/\s+/gu, ' ')
    .replace(/,{2,}/gu, ',')
    .replace(/(?<!\.)\.\.(?!\.)/gu, '.')
    .trim()
    .replace(oldSpellings, '$1$2');
  const mostWords = spareWords + (audioMs / 1000) * fastestSpeech;
  const mostLetters = (audioMs / 1000) * fastestLetters;
  const once = lettersIn(spelt) > mostLetters ? spelt.replace(saidTwice, '$1') : spelt;
  const text = once.split(' ').length > mostWords ? once.replace(repetition, '$1') : once;
  return inventedFromNoise.test(text) || !/[\p{L}\p{N}]/u.test(text) ? '' : text;
}

function lettersIn(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/** Words that are still being said have no full stop yet, though the recogniser sets one every time. */
export function unfinished(text: string): string {
  return text.replace(/\.+$/u, '');
}

/** How a piece of an utterance was parted from the one before it: at a `pause`, or where nothing better was found. */
export type Seam = 'pause' | 'forced';

/**
 * Joins the texts of the pieces of one long utterance. The recogniser begins each piece with a capital and ends it with a
 * full stop; where the cut was forced, both are its own invention and are taken back.
 */
export function joinPieces(pieces: readonly { text: string; seam: Seam }[]): string {
  return pieces
    .filter(({ text }) => text !== '')
    .reduce((whole, { text, seam }) => {
      if (whole === '') return text;
      if (seam === 'pause') return `${whole} ${text}`;
      return `${whole.replace(/[.…]+$/u, '')} ${uncapitalised(text)}`;
    }, '');
}

function uncapitalised(text: string): string {
  return /^(?:I\b|\p{Lu}{2})/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

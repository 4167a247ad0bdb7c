import { wordsOf } from '#protocol/words-of.ts';

/** Of so many letters chance makes no more than this alike in a long text; what people say lies above it. */
const fewestLetters = 14;
const mostWrong = 0.3;
/** What is less, but not much, has to be the same letter for letter. */
const fewestExact = 9;
/** More of a long utterance need not be compared. */
const mostLetters = 160;

/**
 * Whether recognised words are the assistant's own, as its echo gives them back. Their letters are compared, not the words:
 * of what an echo canceller leaves a recogniser makes other words that sound alike ("fishing-billet", "the herring won away").
 */
export function areOwnWords(heard: string, said: string): boolean {
  const letters = wordsOf(heard).join('').slice(0, mostLetters);
  if (letters.length < fewestExact) return false;
  const all = wordsOf(said).join('');
  if (all.includes(letters)) return true;
  return letters.length >= fewestLetters && editsIn(letters, all) <= mostWrong * letters.length;
}

/** The fewest letters to change, add or leave out until `letters` are a part of `text` (Sellers' algorithm). */
function editsIn(letters: string, text: string): number {
  let row = new Uint16Array(text.length + 1);
  for (let index = 0; index < letters.length; index += 1) {
    const next = new Uint16Array(text.length + 1);
    next[0] = index + 1;
    for (let at = 0; at < text.length; at += 1) {
      const replaced = (row[at] ?? 0) + (text[at] === letters[index] ? 0 : 1);
      next[at + 1] = Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1);
    }
    row = next;
  }
  return row.reduce((least, edits) => Math.min(least, edits), letters.length);
}

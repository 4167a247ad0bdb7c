/** A text divided at its last word, which has no space in it; what follows is space alone. */
export interface DividedText {
  readonly before: string;
  readonly word: string;
  readonly after: string;
}

/** Finds the word that is being spoken: a reply is written as it sounds, so that is the last one. */
export function dividedAtLastWord(text: string): DividedText {
  const after = /\s*$/u.exec(text)?.[0] ?? '';
  const spoken = text.slice(0, text.length - after.length);
  const word = /\S*$/u.exec(spoken)?.[0] ?? '';
  return { before: spoken.slice(0, spoken.length - word.length), word, after };
}

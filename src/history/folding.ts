/** Letters that Unicode does not take apart, though people who search do not tell them apart. */
const alike: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** A word as it is searched: without case and without marks on its letters. */
export function fold(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => alike[letter] ?? letter);
}

export interface Word {
  readonly text: string;
  /** Where it begins, in UTF-16 code units. */
  readonly at: number;
}

const wordPattern = /[\p{L}\p{N}\p{M}]+/gu;
/** Scripts that put no space between words; there a letter is searched as a word. */
const spaceless = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}/u;

export function wordsIn(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: found, index } of text.matchAll(wordPattern)) {
    if (!spaceless.test(found)) {
      words.push({ text: found, at: index });
      continue;
    }
    let at = index;
    for (const letter of found) {
      words.push({ text: letter, at });
      at += letter.length;
    }
  }
  return words;
}

export interface MarkedPart {
  readonly text: string;
  readonly hit: boolean;
}

/** The text in parts, those that are one of the folded terms marked. */
export function marked(text: string, terms: ReadonlySet<string>): MarkedPart[] {
  const parts: MarkedPart[] = [];
  let from = 0;
  for (const { text: word, at } of wordsIn(text)) {
    if (!terms.has(fold(word))) continue;
    if (at > from) parts.push({ text: text.slice(from, at), hit: false });
    parts.push({ text: word, hit: true });
    from = at + word.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), hit: false });
  return parts;
}

/** What stands around the first hit, in at most about this many characters, cut at words. */
export function around(text: string, terms: ReadonlySet<string>, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const words = wordsIn(text);
  const hit = words.find((word) => terms.has(fold(word.text)))?.at ?? 0;
  const earliest = Math.max(0, hit - maxCharacters / 3);
  const from = earliest === 0 ? 0 : (words.find(({ at }) => at >= earliest)?.at ?? 0);
  const last = words.findLast(({ at, text: word }) => at + word.length <= from + maxCharacters);
  const to = last && last.at >= hit ? last.at + last.text.length : from + maxCharacters;
  return `${from > 0 ? '… ' : ''}${text.slice(from, to)}${to < text.length ? ' …' : ''}`;
}

/**
 * Cuts text that arrives bit by bit into pieces that can be spoken each on its own. The pieces, joined, are the text.
 * The first is kept short, because the listener waits for it; later ones are whole sentences.
 */
export class PieceCutter {
  #rest = '';
  #first = true;

  /** The pieces that are complete with this text. */
  push(text: string): string[] {
    this.#rest += text;
    const pieces: string[] = [];
    for (let end = this.#nextEnd(); end > 0; end = this.#nextEnd()) pieces.push(this.#take(end));
    return pieces;
  }

  /** The text is at its end: what is left of it. */
  flush(): string[] {
    return this.#rest === '' ? [] : [this.#take(this.#rest.length)];
  }

  #take(end: number): string {
    const piece = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end);
    if (isSpoken(piece)) this.#first = false;
    return piece;
  }

  /** How many characters the next complete piece has; 0 while there is none. */
  #nextEnd(): number {
    const sentence = sentenceEnd(this.#rest);
    const unit = sentence > 0 ? this.#rest.slice(0, sentence) : this.#rest;
    if (this.#first) {
      const clause = clauseEnd(unit, shortestOpening);
      if (clause > 0) return clause;
    }
    if (unit.length > longestPiece) {
      const clause = clauseEnd(unit, longestPiece / 2);
      if (clause > 0) return clause;
      const word = unit.lastIndexOf(' ', longestPiece);
      if (word > 0) return word + 1;
    }
    return sentence;
  }
}

/** In characters. An opening shorter than this would sound chopped off. */
const shortestOpening = 8;
/**
 * In characters; about seven seconds of speech. Longer sentences are cut at a clause, since the engine cannot stop within a
 * piece: after a cut-in, the next answer waits for the piece that is being made.
 */
const longestPiece = 120;

/** A mark, closing quotes or brackets, and white space: only then is it known that nothing of it still follows. */
const sentenceMark = /(?:[.!?…]+["'”’)\]]*\s+|\n\s*)/gu;
const clauseMark = /[,;:–—]["'”’)]*\s+|\s[–—-]\s+/gu;
const abbreviation =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|approx|e\.g|i\.e|cf|[A-Za-z])\.$/u;

function sentenceEnd(text: string): number {
  for (const match of text.matchAll(sentenceMark)) {
    const end = match.index + match[0].length;
    const mark = match[0].trimEnd();
    const next = text.charAt(end);
    if (mark === '.' && abbreviation.test(text.slice(0, match.index + 1))) continue;
    // "at 3 p.m. tomorrow": only what follows tells whether the sentence goes on.
    if (mark === '.' && /\p{Ll}/u.test(next)) continue;
    if (mark === '.' && next === '' && /[ap]\.m\.$/u.test(text.slice(0, match.index + 1))) continue;
    // "1. Wash" is an item of a list, not a sentence.
    if (mark === '.' && /(?:^|\n)\s*\d+\.$/u.test(text.slice(0, match.index + 1))) continue;
    if (isSpoken(text.slice(0, end))) return end;
  }
  return 0;
}

function clauseEnd(text: string, shortest: number): number {
  for (const match of text.matchAll(clauseMark)) {
    if (match.index >= shortest) return match.index + match[0].length;
  }
  return 0;
}

function isSpoken(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

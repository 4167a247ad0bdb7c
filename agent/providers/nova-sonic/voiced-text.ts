/** How fast is spoken, in characters per ms, while nothing better is known. */
const usualPace = 0.015;

/** The text of a reply that is planned piece by piece, and how much of it has sound. */
export class VoicedText {
  #text = '';
  /** So much of the text is in pieces that have all their sound. */
  #sounding = 0;
  #soundedMs = 0;
  /** Sound of the piece that is under way, in ms. */
  #pieceMs = 0;
  /** Words that were planned but got no sound: whoever goes on says them again. */
  #owed: string[] = [];

  get text(): string {
    return this.#text;
  }

  /** Up to the last word that has sound; in the midst of a piece by the pace of those before. */
  get voiced(): string {
    const pace = this.#soundedMs > 0 ? this.#sounding / this.#soundedMs : usualPace;
    const end = this.#sounding + Math.round(this.#pieceMs * pace);
    if (end >= this.#text.length) return this.#text;
    return this.#text.slice(0, Math.max(this.#sounding, this.#text.lastIndexOf(' ', end)));
  }

  /** Returns what is new of it, with a space before where one is due. */
  add(text: string): string {
    const fresh = this.#withoutOwed(text);
    if (!fresh) return '';
    const piece =
      this.#text && !/\s$/u.test(this.#text) && !/^\s/u.test(fresh) ? ` ${fresh}` : fresh;
    this.#text += piece;
    return piece;
  }

  sounded(durationMs: number): void {
    this.#pieceMs += durationMs;
  }

  pieceEnded(): void {
    this.#sounding = this.#text.length;
    this.#soundedMs += this.#pieceMs;
    this.#pieceMs = 0;
  }

  /** What comes next follows the last word that has sound. */
  goOnFromVoiced(): void {
    const end = this.voiced.length;
    this.#owed = wordsOf(this.#text.slice(end));
    this.#sounding = end;
    this.#soundedMs += this.#pieceMs;
    this.#pieceMs = 0;
  }

  #withoutOwed(text: string): string {
    if (this.#owed.length === 0) return text;
    const owed = this.#owed;
    const words = [...text.matchAll(/\S+/gu)];
    const differs = words.findIndex(([word], index) => bare(word) !== owed[index]);
    const same = differs < 0 ? words.length : differs;
    // As soon as the two part, what was planned before is no guide any more.
    this.#owed = same === words.length ? owed.slice(same) : [];
    const next = words[same];
    return next ? text.slice(next.index) : '';
  }
}

function wordsOf(text: string): string[] {
  return (text.match(/\S+/gu) ?? []).map(bare);
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

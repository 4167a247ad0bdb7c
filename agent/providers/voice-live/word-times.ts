import { voice } from '@livekit/agents';

export type TextPiece = string | voice.TimedString;

interface Word {
  readonly text: string;
  readonly offsetMs: number;
  readonly durationMs: number;
}

/** Sound that may come before the first word time; after that there will be none. */
const patienceMs = 1_500;
const punctuation = /^[^\s\p{L}\p{N}]+/u;

/**
 * Joins the transcript of a reply, which comes in any pieces, with the times of its words, which come by themselves
 * and without punctuation. Text waits for its time; nothing of it is lost or changed.
 */
export class WordTimes {
  #text = '';
  #words: Word[] = [];
  /** Start of the words that were not found in the text as they are ("42" for "forty-two"). */
  #unfoundSinceMs: number | undefined;
  #anyTime = false;
  #givenUp = false;

  text(delta: string): TextPiece[] {
    this.#text += delta;
    return this.#givenUp ? this.end() : this.#matched();
  }

  word(word: Word): TextPiece[] {
    this.#anyTime = true;
    this.#givenUp = false;
    this.#words.push(word);
    return this.#matched();
  }

  /** So much of the sound has come. */
  heardOf(ms: number): TextPiece[] {
    if (this.#anyTime || ms < patienceMs) return [];
    this.#givenUp = true;
    return this.end();
  }

  /** The rest, without times. */
  end(): TextPiece[] {
    const rest = this.#text;
    this.#text = '';
    this.#words = [];
    return rest === '' ? [] : [rest];
  }

  #matched(): TextPiece[] {
    const pieces: TextPiece[] = [];
    for (let word = this.#words[0]; word && this.#text !== ''; word = this.#words[0]) {
      const at = indexOfWord(this.#text, word.text);
      if (at === -1) {
        // A later word shows that this one has another form in the text.
        if (!this.#words.slice(1).some(({ text }) => indexOfWord(this.#text, text) !== -1)) break;
        this.#unfoundSinceMs ??= word.offsetMs;
        this.#words.shift();
        continue;
      }
      const wordEnd = at + word.text.length;
      const end = wordEnd + (punctuation.exec(this.#text.slice(wordEnd))?.[0].length ?? 0);
      pieces.push(
        voice.createTimedString({
          text: this.#text.slice(0, end),
          startTime: (this.#unfoundSinceMs ?? word.offsetMs) / 1000,
          endTime: (word.offsetMs + word.durationMs) / 1000,
        }),
      );
      this.#text = this.#text.slice(end);
      this.#unfoundSinceMs = undefined;
      this.#words.shift();
    }
    return pieces;
  }
}

/** Whole words only where a script has spaces: "a" is not in "what". */
function indexOfWord(text: string, word: string): number {
  const inText = text.toLowerCase();
  const wanted = word.toLowerCase();
  for (let at = inText.indexOf(wanted); at !== -1; at = inText.indexOf(wanted, at + 1)) {
    const before = inText.slice(0, at);
    const after = inText.slice(at + wanted.length);
    if (
      !(endsInLetter.test(before) && startsInLetter.test(wanted)) &&
      !(endsInLetter.test(wanted) && startsInLetter.test(after))
    )
      return at;
  }
  return -1;
}

/** Han, kana and Thai are written without spaces. */
const spaced = String.raw`(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}])[\p{L}\p{N}]`;
const endsInLetter = new RegExp(`${spaced}$`, 'u');
const startsInLetter = new RegExp(`^${spaced}`, 'u');

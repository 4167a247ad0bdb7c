/** Something the person asked to remember, in the person's own words ("my locker code is 4512"). */
export interface Note {
  readonly text: string;
  /** ms since the epoch. */
  readonly atMs: number;
}

const mostNotes = 200;
const longestNote = 500;

/** What the person asked to be remembered in this conversation; plain data that a room can keep. */
export class Notes {
  #notes: Note[];

  constructor(notes: readonly Note[] = []) {
    this.#notes = [...notes];
  }

  /** Keeps a note. One with the same subject ("my locker code is …") takes the place of the older. */
  add(text: string, atMs: number): Note {
    const note = {
      text: text
        .trim()
        .replace(/[.!\s]+$/, '')
        .slice(0, longestNote),
      atMs,
    };
    const subject = subjectOf(note.text);
    this.#notes = this.#notes.filter(
      (other) => subject === undefined || subjectOf(other.text) !== subject,
    );
    this.#notes = [...this.#notes, note].slice(-mostNotes);
    return note;
  }

  list(): readonly Note[] {
    return this.#notes;
  }

  /** Notes that hold at least this share of the question's meaningful words, best first. */
  find(about: string, leastShare = 0.5): readonly Note[] {
    const wanted = keywords(about);
    if (wanted.size === 0) return [];
    return this.#notes
      .map((note) => {
        const words = keywords(note.text);
        const shared = [...wanted].filter((word) => words.has(word)).length;
        return { note, score: shared / wanted.size };
      })
      .filter(({ score }) => score >= leastShare)
      .sort((a, b) => b.score - a.score || b.note.atMs - a.note.atMs)
      .map(({ note }) => note);
  }

  remove(note: Note): void {
    this.#notes = this.#notes.filter((other) => other !== note);
  }

  clear(): void {
    this.#notes = [];
  }
}

/** The part before "is" or "are" of a note of that shape, in lower case. */
function subjectOf(text: string): string | undefined {
  return /^(my .+?|the .+?|our .+?) (?:is|are|'s) /i.exec(text)?.[1]?.toLowerCase();
}

const smallWords = new Set(
  (
    'a an the i me my mine you your we our is are was were be am do does did have has had to of in on at by ' +
    'for and or that this it its what where when who which how much many about with from can could please ' +
    'tell remember put leave left'
  ).split(' '),
);

function keywords(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => !smallWords.has(word)).map(stem));
}

/** Enough to see "parked" and "park", "keys" and "key", "colour" and "color" as one word. */
function stem(spelled: string): string {
  const word = spelled.replace(/(?<=\p{L}{3})our/gu, 'or');
  return word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/, '') : word.replace(/(?<=..)s$/, '');
}

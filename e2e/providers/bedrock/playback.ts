interface TimedWord {
  readonly text: string;
  /** Since the beginning of the piece. */
  readonly endMs: number;
}

interface Piece {
  readonly words: readonly TimedWord[];
  readonly startsAtMs: number;
  readonly endsAtMs: number;
}

/**
 * How far a reply has been heard, as the service supposes: it is played from its first sound on, in real time, and waits
 * where the next sound is late. Times are ms of one clock.
 */
export class Playback {
  readonly #pieces: Piece[] = [];

  /** The piece that comes next is ready. When it will begin to be heard. */
  add(words: readonly TimedWord[], lengthMs: number, nowMs: number): Piece {
    const startsAtMs = Math.max(this.#pieces.at(-1)?.endsAtMs ?? nowMs, nowMs);
    const piece = { words, startsAtMs, endsAtMs: startsAtMs + lengthMs };
    this.#pieces.push(piece);
    return piece;
  }

  /** Of each piece the words that were played to their ends; pieces that have not begun are left out. */
  heardBy(nowMs: number): string[] {
    return this.#pieces
      .map(({ words, startsAtMs }) =>
        words
          .filter(({ endMs }) => startsAtMs + endMs <= nowMs)
          .map(({ text }) => text)
          .join('')
          .trim(),
      )
      .filter((text) => text !== '');
  }
}

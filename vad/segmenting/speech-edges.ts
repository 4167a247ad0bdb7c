import { frameMs } from '../silero/frame.ts';

export interface EdgeOptions {
  /** A frame from this probability on begins speech. */
  readonly beginsFrom: number;
  /** Speech lasts while probabilities reach this. */
  readonly lastsFrom: number;
  /** How long they must stay below it before speech has ended, in ms. */
  readonly hangOverMs: number;
}

/**
 * For what must not miss a word: begins a little before the usual threshold, which costs a false alarm now and then and
 * brings the first sound tens of ms sooner.
 */
export const watchful: EdgeOptions = { beginsFrom: 0.35, lastsFrom: 0.25, hangOverMs: 192 };

/** Finds where speech begins and ends in a row of probabilities, one for each frame. */
export class SpeechEdges {
  readonly #options: EdgeOptions;
  #speaking = false;
  #quietMs = 0;

  constructor(options: EdgeOptions) {
    this.#options = options;
  }

  get speaking(): boolean {
    return this.#speaking;
  }

  feed(probability: number): 'started' | 'stopped' | undefined {
    const { beginsFrom, lastsFrom, hangOverMs } = this.#options;
    if (!this.#speaking) {
      if (probability < beginsFrom) return undefined;
      this.#speaking = true;
      this.#quietMs = 0;
      return 'started';
    }
    this.#quietMs = probability >= lastsFrom ? 0 : this.#quietMs + frameMs;
    if (this.#quietMs < hangOverMs) return undefined;
    this.#speaking = false;
    return 'stopped';
  }
}

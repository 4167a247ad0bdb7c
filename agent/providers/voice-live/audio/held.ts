import type { EncodedAudio } from './input.ts';

/** What was said last, to be said again where the service has not taken it over. */
export type Replay =
  { readonly kind: 'audio'; readonly base64: string } | { readonly kind: 'commit' };

interface HeldTurn {
  readonly audio: readonly EncodedAudio[];
  /** Whether the person ended it (push-to-talk), or the service did by itself. */
  readonly endedBy: 'person' | 'service';
}

/** Enough for the start of a word that has not been reported as speech yet. */
const preRollMs = 1_000;
const longestMs = 60_000;

/**
 * The sound that would be lost with the connection: what has been sent and has neither been answered nor written down,
 * and what could not be sent. It is sent again over the next connection.
 */
export class HeldAudio {
  #open: EncodedAudio[] = [];
  #openMs = 0;
  #ended: HeldTurn[] = [];

  /** `mayBeSpeech`: nobody has said that it is none; otherwise only the last second is kept. */
  add(audio: EncodedAudio, mayBeSpeech: boolean): void {
    this.#open.push(audio);
    this.#openMs += audio.durationMs;
    const limitMs = mayBeSpeech ? longestMs : preRollMs;
    while (this.#openMs > limitMs) this.#openMs -= this.#open.shift()?.durationMs ?? Infinity;
  }

  endTurn(endedBy: HeldTurn['endedBy']): void {
    this.#ended.push({ audio: this.#open, endedBy });
    this.clear();
  }

  /** The ended turns are safe: answered, or known in words. */
  taken(): void {
    this.#ended = [];
  }

  /** The turn that is being said is dropped. */
  clear(): void {
    this.#open = [];
    this.#openMs = 0;
  }

  get hasEndedTurn(): boolean {
    return this.#ended.length > 0;
  }

  /** How much of the turn that is being said is held. */
  get openMs(): number {
    return this.#openMs;
  }

  /** In the order in which it was said. Turns that the service had ended are open again: it will find their ends anew. */
  replay(): Replay[] {
    const byPerson = this.#ended.filter(({ endedBy }) => endedBy === 'person');
    const byService = this.#ended.filter(({ endedBy }) => endedBy === 'service');
    this.#ended = byPerson;
    this.#open = [...byService.flatMap(({ audio }) => audio), ...this.#open];
    this.#openMs = this.#open.reduce((sum, { durationMs }) => sum + durationMs, 0);
    return [
      ...byPerson.flatMap(({ audio }): Replay[] => [...audio.map(asReplay), { kind: 'commit' }]),
      ...this.#open.map(asReplay),
    ];
  }
}

function asReplay({ base64 }: EncodedAudio): Replay {
  return { kind: 'audio', base64 };
}

/** What there is of the sound, as the page can see it. */
export interface SoundFacts {
  /** Of the audio graph; beside the three of the DOM library some browsers know `interrupted`. */
  readonly state: string;
  /** By the graph's own clock, in s. */
  readonly timeS: number;
  /** Something that feeds the graph, or lets it be heard, has been paused. */
  readonly paused: boolean;
  /** Sound arrives from the room, and none of it enters the graph. */
  readonly starved: boolean;
  /** The sound does not come out where the person wants it. */
  readonly elsewhere: boolean;
}

/**
 * What may bring the sound back: let the graph run, play what was paused, give the device back and ask for it anew, take
 * the track from the room again, go over to the speaker that was chosen.
 */
export type Mend = 'resume' | 'play' | 'reopen' | 'rejoin' | 'speaker';

/** What is only seen from one look to the next has to last for so long, in ms, before it counts. */
const provenAfterMs: Readonly<Record<Mend, number>> = {
  resume: 0,
  play: 0,
  reopen: 2000,
  rejoin: 2000,
  speaker: 0,
};

/** Pauses between one try to mend the same thing and the next, in ms. */
const firstPauseMs = 500;
const longestPauseMs = 8000;

interface Fault {
  readonly nextAtMs: number;
  readonly pauseMs: number;
}

/**
 * Holds what is heard against what is wanted: the assistant, on the chosen speaker. Tells at each look what is to be
 * tried now; each mend at once, then after growing pauses for as long as it has not helped.
 */
export class Audibility {
  readonly #faults = new Map<Mend, Fault>();
  #timeS: number | undefined;

  /** Takes the time in ms on any steady clock. */
  mends(facts: SoundFacts, nowMs: number): Mend[] {
    const missing = this.#missing(facts);
    for (const mend of this.#faults.keys()) if (!missing.has(mend)) this.#faults.delete(mend);
    return [...missing].filter((mend) => this.#isDue(mend, nowMs));
  }

  #missing({ state, timeS, paused, starved, elsewhere }: SoundFacts): ReadonlySet<Mend> {
    const stands = timeS === this.#timeS;
    this.#timeS = timeS;
    // A graph that does not run says nothing of the rest.
    if (state !== 'running') return new Set(['resume']);
    const missing = new Set<Mend>();
    if (stands) missing.add('reopen');
    if (paused) missing.add('play');
    else if (starved) missing.add('rejoin');
    if (elsewhere) missing.add('speaker');
    return missing;
  }

  #isDue(mend: Mend, nowMs: number): boolean {
    const fault = this.#faults.get(mend) ?? {
      nextAtMs: nowMs + provenAfterMs[mend],
      pauseMs: firstPauseMs,
    };
    const due = nowMs >= fault.nextAtMs;
    this.#faults.set(mend, due ? after(fault, nowMs) : fault);
    return due;
  }
}

function after({ pauseMs }: Fault, nowMs: number): Fault {
  return {
    nextAtMs: nowMs + pauseMs,
    pauseMs: Math.min(2 * pauseMs, longestPauseMs),
  };
}

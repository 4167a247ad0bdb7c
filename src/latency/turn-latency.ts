import type { SoundEdge } from './sound-gate.ts';

/** A reply later than this is no answer to the last words, in s. */
const longestAnswerS = 30;

/**
 * Measures each turn from the end of the person's speech in the microphone to the first sound of the reply. Energy
 * alone does not know speech from a cough, so a turn counts only once the agent has heard one. Times are s on the
 * clock of the AudioContext that both sounds pass through.
 */
export class TurnLatency {
  #speaking = false;
  #lastWordS: number | undefined;
  /** The end of the speech that is being answered. */
  #questionEndS: number | undefined;
  #endIsGuessed = false;

  microphone(edge: SoundEdge): void {
    this.#speaking = edge.kind === 'began';
    this.#lastWordS = edge.atS;
    if (edge.kind === 'began') return;
    // The agent may notice the end of a turn before the gate's hang-over is up.
    if (this.#questionEndS !== undefined && this.#endIsGuessed) {
      this.#questionEndS = Math.min(this.#questionEndS, edge.atS);
    }
    this.#endIsGuessed = false;
  }

  /** The agent has heard the end of a turn. `nowS` stands in until the gate has found the end itself. */
  turnEnded(nowS: number): void {
    this.#endIsGuessed = this.#speaking;
    this.#questionEndS = this.#speaking ? nowS : this.#lastWordS;
  }

  /** What comes next does not answer spoken words: the person typed, or the turn was nothing. */
  forget(): void {
    this.#questionEndS = undefined;
  }

  /** Takes the edges of the reply's sound; gives the latency in ms at the first sound after a turn. */
  reply(edge: SoundEdge): number | undefined {
    if (edge.kind === 'ended' || this.#questionEndS === undefined) return undefined;
    const waitedS = edge.atS - this.#questionEndS;
    // Sound from before the end of the question is the reply that was talked over.
    if (waitedS <= 0) return undefined;
    this.#questionEndS = undefined;
    return waitedS <= longestAnswerS ? Math.round(waitedS * 1000) : undefined;
  }
}

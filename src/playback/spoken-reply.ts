import type { SoundEdge } from '../latency/sound-gate.ts';
import { TurnLatency } from '../latency/turn-latency.ts';
import type { Playback } from './playback.ts';

export interface ReplyListener {
  /** A reply that could still be heard has been silenced. */
  cut(): void;
  /** It is heard, or heard again. */
  heard(): void;
  /** The first sound of an answer, this many ms after the question's end. */
  answered(latencyMs: number): void;
}

/** The reply of one assistant as it is heard in this page: whether it sounds, for how long, and how it is cut. */
export class SpokenReply {
  readonly #playback: Playback;
  readonly #listener: ReplyListener;
  readonly #latency = new TurnLatency();
  #speaking = false;
  #sounding = false;
  /** When the reply that is being spoken was first heard, in s on the audio context's clock. */
  #sinceS: number | undefined;

  constructor(playback: Playback, listener: ReplyListener) {
    this.#playback = playback;
    this.#listener = listener;
  }

  assistantCame(speaks: boolean): void {
    this.#speaking = speaks;
  }

  assistantLeft(): void {
    this.#speaking = false;
    this.#sinceS = undefined;
    this.#latency.forget();
    this.#playback.forget();
    this.#playback.duck.open();
  }

  /** The assistant says whether it speaks. */
  speaks(speaks: boolean): void {
    if (speaks && !this.#speaking) this.#playback.duck.replyBegan(performance.now());
    if (!speaks && this.#speaking) this.#playback.duck.dropped(performance.now());
    this.#speaking = speaks;
    if (!speaks && !this.#sounding) this.#sinceS = undefined;
  }

  microphoneSound(edge: SoundEdge): void {
    this.#latency.microphone(edge);
  }

  sound(edge: SoundEdge): void {
    this.#sounding = edge.kind === 'began';
    if (this.#sounding) {
      this.#sinceS ??= edge.atS;
      this.#listener.heard();
    } else if (!this.#speaking) {
      this.#sinceS = undefined;
    }
    const latencyMs = this.#latency.reply(edge);
    if (latencyMs !== undefined) this.#listener.answered(latencyMs);
  }

  questionEnded(): void {
    this.#latency.turnEnded(this.#playback.context.currentTime);
  }

  /** What comes next answers no spoken words. */
  notAsked(): void {
    this.#latency.forget();
  }

  /** How much of the reply has been heard, in ms; undefined while none is spoken. */
  heardMs(): number | undefined {
    if (this.#sinceS === undefined) return undefined;
    return Math.max(0, Math.round((this.#playback.context.currentTime - this.#sinceS) * 1000));
  }

  /** Silences what can be heard at once, if anything, for `longestMs` at most where no assistant confirms it. */
  cut(longestMs?: number): void {
    if (this.#speaking || this.#sounding) this.talkedOver(longestMs);
  }

  /**
   * The person talked over it, so there is a reply, even where the assistant has dropped it by itself already and what is
   * still to come of it begins with a pause.
   */
  talkedOver(longestMs?: number): void {
    this.#playback.duck.cut(performance.now(), longestMs);
    this.#listener.cut();
  }

  /** The assistant goes on, so it has to be heard. */
  goOn(): void {
    this.#playback.duck.open();
    this.#listener.heard();
  }

  /** The assistant has dropped the reply, of which some may still be held back here. */
  dropped(): void {
    this.#playback.forget();
    this.#playback.duck.dropped(performance.now());
  }
}

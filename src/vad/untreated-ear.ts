import { frameMs } from '../../vad/silero/frame.ts';
import type { Silero } from '../../vad/silero/silero.ts';
import { levelMs } from '../barge-in/echo.ts';
import { soundsHummed } from '../barge-in/hum.ts';
import { levelsOf } from './levels.ts';
import type { CapturedFrame } from './messages.ts';

const speechFrom = 0.5;
/** The assistant's voice is heard from here on (RMS). */
const audibleFromRms = 0.002;
/** So long after the assistant's last sound, in ms, no room and no sound device gives it back. */
const echoTailMs = 400;
/** How loud it is beside the assistant's voice is known after this long, in ms, and kept for so long. */
const settlesInMs = 1000;
const rememberedMs = 6000;
/** So many of all frames are softer than what counts as the loudest; the rest may be what people said. */
const share = 0.9;
/** A person is louder than that by so much, in dB; the peaks of an echo are not. */
const marginDb = 8;
/** What was heard so long ago, in ms, says nothing of now. */
const staleAfterMs = 100;

/** What one frame says of the person's voice. */
export interface HeardVoice {
  /** Of speech, 0 to 1. */
  readonly probability: number;
  /** Whether it is hummed, as in "mm-hm". */
  readonly isHum: boolean;
}

/**
 * Hears the microphone before the browser treats it. While the assistant sounds, echo canceller and noise suppression take
 * the beginning of what a person says for echo, for up to a second. Untreated, the beginning is there, but so is the
 * echo. So speech counts only where there can be no echo any more, or where it is clearly louder than what the
 * microphone has heard beside the assistant's voice: the noise of the room with headphones, the echo with a loudspeaker.
 */
export class UntreatedEar {
  readonly #silero: Pick<Silero, 'probability'>;
  /** In dBFS, while the assistant sounded; the newest last. */
  readonly #besideDb: number[] = [];
  #sinceAssistantMs = Number.POSITIVE_INFINITY;
  #newest: (HeardVoice & { readonly atMs: number }) | undefined;

  constructor(silero: Pick<Silero, 'probability'>) {
    this.#silero = silero;
  }

  /** Takes what was really played, as RMS of `levelMs` each. */
  hearPlayed(played: readonly number[]): void {
    const sounds = played.some((level) => level >= audibleFromRms);
    this.#sinceAssistantMs = sounds ? 0 : this.#sinceAssistantMs + played.length * levelMs;
  }

  hear({ samples, atMs }: CapturedFrame): void {
    const probability = this.#silero.probability(samples);
    const levelDb = 20 * Math.log10(Math.max(...levelsOf(samples)) + 1e-9);
    const isPerson = probability >= speechFrom && levelDb >= this.#personFromDb();
    this.#newest = isPerson ? { probability, isHum: soundsHummed(samples), atMs } : undefined;
    if (this.#sinceAssistantMs > 0) return;
    this.#besideDb.push(levelDb);
    if (this.#besideDb.length > rememberedMs / frameMs) this.#besideDb.shift();
  }

  /** The person's voice, if it is beyond doubt at this moment. */
  voiceAt(atMs: number): HeardVoice | undefined {
    const heard = this.#newest;
    return heard && atMs - heard.atMs <= staleAfterMs ? heard : undefined;
  }

  #personFromDb(): number {
    if (this.#sinceAssistantMs >= echoTailMs) return Number.NEGATIVE_INFINITY;
    if (this.#besideDb.length < settlesInMs / frameMs) return Number.POSITIVE_INFINITY;
    const sorted = this.#besideDb.toSorted((a, b) => a - b);
    return (sorted[Math.floor(share * sorted.length)] ?? 0) + marginDb;
  }
}

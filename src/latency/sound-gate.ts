/** When sound began and when it ended. Times are s on the clock of the blocks that were fed. */
export type SoundEdge = { kind: 'began'; atS: number } | { kind: 'ended'; atS: number };

export interface SoundGateOptions {
  /** Below this level, as RMS of samples in [-1, 1], nothing counts as sound. */
  readonly leastRms: number;
  /** Sound is this many times louder than the background; 1 for a source with no background of its own. */
  readonly overNoise: number;
  /** How long it must be quiet before the sound counts as ended, in s. */
  readonly hangOverS: number;
}

/** A microphone in a room: the background is unknown and changes, and words have pauses. */
export const microphoneGate: SoundGateOptions = {
  leastRms: 0.004,
  overNoise: 3,
  hangOverS: 0.25,
};

/** The assistant's own sound: silence is digital silence, give or take what the codec makes of it. */
export const replyGate: SoundGateOptions = { leastRms: 0.002, overNoise: 1, hangOverS: 0.25 };

/** The background falls to a quieter block within about 50 ms and rises to a louder one within about 5 s. */
const fallPerSecond = 20;
const risePerSecond = 0.2;

/** Tells sound from background by energy alone, block by block, with a noise floor that follows the room. */
export class SoundGate {
  readonly #options: SoundGateOptions;
  #noiseRms: number | undefined;
  #soundEndS: number | undefined;

  constructor(options: SoundGateOptions) {
    this.#options = options;
  }

  /** Takes the RMS of one block and its begin and length in s; says if the sound began or ended with it. */
  feed(rms: number, atS: number, lengthS: number): SoundEdge | undefined {
    const { leastRms, overNoise, hangOverS } = this.#options;
    const noise = this.#noiseRms ?? 0;
    const loud = rms > Math.max(leastRms, noise * overNoise);
    this.#followNoise(rms, lengthS);
    if (loud) {
      const began = this.#soundEndS === undefined;
      this.#soundEndS = atS + lengthS;
      return began ? { kind: 'began', atS } : undefined;
    }
    if (this.#soundEndS === undefined || atS + lengthS - this.#soundEndS < hangOverS) {
      return undefined;
    }
    const ended: SoundEdge = { kind: 'ended', atS: this.#soundEndS };
    this.#soundEndS = undefined;
    return ended;
  }

  #followNoise(rms: number, lengthS: number): void {
    const noise = this.#noiseRms;
    if (noise === undefined) {
      // The first block may be in the middle of a word.
      this.#noiseRms = Math.min(rms, this.#options.leastRms);
      return;
    }
    const rate = rms < noise ? fallPerSecond : risePerSecond;
    this.#noiseRms = noise + (rms - noise) * Math.min(1, rate * lengthS);
  }
}

const rateHz = 16_000;
/** Speech has soft sounds inside; the gate stays open over them. */
const holdSamples = 0.4 * rateHz;
const middle = 0.5;
/** Per unit of the threshold above the middle. */
const decibels = 60;
const quietestDecibels = -50;

/**
 * Silences what is too quiet for a threshold (0 to 1) above the middle: higher takes louder sound, as OpenAI's reference
 * says of `server_vad`. Below the middle the mind's own detector decides alone.
 */
export class LevelGate {
  readonly #floor: number;
  #openFor = 0;

  constructor(threshold: number) {
    this.#floor =
      threshold <= middle ? 0 : 10 ** ((quietestDecibels + (threshold - middle) * decibels) / 20);
  }

  /** Mono PCM at 16 kHz. */
  pass(pcm: Int16Array): Int16Array {
    if (this.#floor === 0 || pcm.length === 0) return pcm;
    const power = pcm.reduce((sum, sample) => sum + (sample / 0x8000) ** 2, 0) / pcm.length;
    if (Math.sqrt(power) >= this.#floor) this.#openFor = holdSamples;
    if (this.#openFor <= 0) return new Int16Array(pcm.length);
    this.#openFor -= pcm.length;
    return pcm;
  }
}

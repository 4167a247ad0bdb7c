import { frameRateHz } from '../../vad/silero/frame.ts';
import { seeded } from '../sounds/seeded.ts';

const perMs = frameRateHz / 1000;
/** Reflections come within this time, in ms, and fall by 60 dB in three times as long. */
const reflectionsMs = 60;
const reflectionCount = 24;

/** The way from the loudspeaker to the microphone: a delay, a loss, and a small room's first reflections. */
export class EchoPath {
  readonly #taps: readonly { readonly at: number; readonly gain: number }[];
  readonly #heard: Float32Array;
  #position = 0;

  /** `gainDb`: of the energy that comes back against what is played. */
  constructor({ gainDb, delayMs }: { readonly gainDb: number; readonly delayMs: number }) {
    const random = seeded(delayMs);
    const shape = [{ afterMs: 0, gain: 1 }].concat(
      Array.from({ length: reflectionCount }, () => {
        const afterMs = 2 + random() * (reflectionsMs - 2);
        const gain = (random() < 0.5 ? -0.4 : 0.4) * 10 ** (-afterMs / reflectionsMs);
        return { afterMs, gain };
      }),
    );
    const energy = shape.reduce((sum, { gain }) => sum + gain * gain, 0);
    const whole = 10 ** (gainDb / 20) / Math.sqrt(energy);
    this.#taps = shape.map(({ afterMs, gain }) => ({
      at: Math.round((delayMs + afterMs) * perMs),
      gain: gain * whole,
    }));
    this.#heard = new Float32Array((delayMs + reflectionsMs + 100) * perMs);
  }

  /** What the microphone hears of the loudspeaker while these samples (16 kHz) are played. */
  pass(played: Float32Array): Float32Array {
    const size = this.#heard.length;
    return played.map((sample) => {
      this.#heard[this.#position % size] = sample;
      let sum = 0;
      for (const { at, gain } of this.#taps) {
        if (at <= this.#position) sum += gain * (this.#heard[(this.#position - at) % size] ?? 0);
      }
      this.#position += 1;
      return sum;
    });
  }
}

import { beforeAll, describe, expect, it } from 'vitest';
import { packedWeights } from '../../vad/packing/vite-plugin.ts';
import { frameMs, frameSamples } from '../../vad/silero/frame.ts';
import { unpack } from '../../vad/silero/parameters.ts';
import { Silero } from '../../vad/silero/silero.ts';
import { humanSpeech } from '../../vad/testing/recording.ts';
import { levelsOf } from './levels.ts';
import { UntreatedEar } from './untreated-ear.ts';

let weights: ArrayBuffer;
let speech: Float32Array;

beforeAll(async () => {
  weights = (await packedWeights()).buffer;
  speech = await humanSpeech();
});

const seconds = (from: number, to: number): Float32Array =>
  speech.slice(from * 16_000, to * 16_000);

const quieter = (samples: Float32Array, db: number): Float32Array =>
  samples.map((sample) => sample * 10 ** (db / 20));

/** Where the first word is loud, in ms. */
const wordsFromMs = (): number => speech.findIndex((sample) => Math.abs(sample) >= 0.1) / 16;

const silence = (lengthS: number): Float32Array => new Float32Array(lengthS * 16_000);

/** An ear beside an assistant that falls silent, with its echo, as soon as a person is heard. */
class Room {
  readonly #ear = new UntreatedEar(new Silero(unpack(weights)));
  readonly #couplingDb: number;
  #nowMs = 0;

  /** How much softer than it was played the assistant comes back to the microphone, in dB. */
  constructor(couplingDb: number) {
    this.#couplingDb = couplingDb;
  }

  /** Lets both be heard, 16 kHz; returns after how many ms the person was heard first, and for how long in all. */
  hear(person: Float32Array, assistant: Float32Array) {
    const echo = quieter(assistant, this.#couplingDb);
    let firstMs: number | undefined;
    let heardMs = 0;
    for (let at = 0; at + frameSamples <= person.length; at += frameSamples) {
      this.#nowMs += frameMs;
      const sounds = firstMs === undefined;
      const frame = (of: Float32Array): Float32Array => of.subarray(at, at + frameSamples);
      this.#ear.hearPlayed(sounds ? levelsOf(frame(assistant)) : [0, 0, 0, 0]);
      const samples = frame(person).map(
        (sample, i) => sample + (sounds ? (frame(echo)[i] ?? 0) : 0),
      );
      this.#ear.hear({ samples, atS: this.#nowMs / 1000, atMs: this.#nowMs });
      if (!this.#ear.voiceAt(this.#nowMs)) continue;
      firstMs ??= (at / frameSamples) * frameMs;
      heardMs += frameMs;
    }
    return { firstMs, heardMs };
  }
}

const headphones = Number.NEGATIVE_INFINITY;

describe('the untreated ear', () => {
  it('hears a person over the assistant where the assistant does not come back', () => {
    const room = new Room(headphones);
    room.hear(silence(3), seconds(3, 6));
    const { firstMs, heardMs } = room.hear(quieter(seconds(0, 4), -12), seconds(5, 9));
    expect(firstMs).toBeLessThan(wordsFromMs() + 100);
    expect(heardMs).toBeGreaterThan(2000);
  });

  it.each([-30, -20, -12, -6])('takes an echo of %d dB for nobody', (couplingDb) => {
    const { heardMs } = new Room(couplingDb).hear(silence(speech.length / 16_000), speech);
    expect(heardMs).toBe(0);
  });

  it('hears a person who is clearly louder than the echo', () => {
    const room = new Room(-26);
    room.hear(silence(3), seconds(3, 6));
    const { firstMs } = room.hear(seconds(0, 4), seconds(5, 9));
    expect(firstMs).toBeLessThan(wordsFromMs() + 300);
  });

  it('hears everybody once the assistant has been silent for as long as a room rings', () => {
    const room = new Room(-20);
    room.hear(silence(3), seconds(3, 6));
    expect(room.hear(quieter(seconds(3, 3.35), -20), silence(1)).heardMs).toBe(0);
    expect(room.hear(quieter(seconds(0, 4), -20), silence(4)).heardMs).toBeGreaterThan(2000);
  });

  it('knows nothing of a moment long after the last sound', () => {
    const ear = new UntreatedEar({ probability: () => 1 });
    ear.hear({ samples: seconds(1, 2).slice(0, frameSamples), atS: 0, atMs: 1000 });
    expect(ear.voiceAt(1100)?.probability).toBe(1);
    expect(ear.voiceAt(1101)).toBeUndefined();
  });
});

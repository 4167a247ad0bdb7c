import { beforeAll, describe, expect, it } from 'vitest';
import { packedWeights } from '../../vad/packing/vite-plugin.ts';
import { frameMs, frameSamples } from '../../vad/silero/frame.ts';
import { unpack } from '../../vad/silero/parameters.ts';
import { Silero } from '../../vad/silero/silero.ts';
import { humanSpeech } from '../../vad/testing/recording.ts';
import type { Sensitivity } from '../barge-in/policy.ts';
import { Listening } from './listening.ts';
import type { DetectorEvent } from './messages.ts';

type Verdict = Extract<DetectorEvent, { kind: 'verdict' }>;

let weights: ArrayBuffer;
let speech: Float32Array;

beforeAll(async () => {
  weights = (await packedWeights()).buffer;
  speech = await humanSpeech();
});

const levels = (rms: number) => ({
  received: Array<number>(4).fill(rms),
  played: [0, 0, 0, 0],
  waits: false,
});

/** One detector, a clock that runs with the sound, and what it told. */
class Session {
  readonly told: DetectorEvent[] = [];
  readonly listening: Listening;
  #nowMs = 0;

  constructor(sensitivity: Sensitivity = 'normal') {
    this.listening = new Listening(new Silero(unpack(weights)), sensitivity, {
      tell: (event) => this.told.push(event),
      command: () => undefined,
      now: () => this.#nowMs,
    });
  }

  get verdicts(): Verdict[] {
    return this.told.filter((event) => event.kind === 'verdict');
  }

  /** Hears this sound, 16 kHz, while the assistant sounds at `rms`. `each` is called after every frame. */
  hear(samples: Float32Array, rms: number, each: () => void = () => undefined): void {
    for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
      this.#nowMs += frameMs;
      this.listening.hearPlayed(levels(rms));
      const frame = samples.slice(at, at + frameSamples);
      this.listening.hearMicrophone({ samples: frame, atS: this.#nowMs / 1000, atMs: this.#nowMs });
      each();
    }
  }
}

const seconds = (from: number, to: number): Float32Array =>
  speech.slice(from * 16_000, to * 16_000);

/** Half a second from where the first word is loud. */
function firstWords(): Float32Array {
  const fromS = speech.findIndex((sample) => Math.abs(sample) >= 0.1) / 16_000;
  return seconds(fromS, fromS + 0.5);
}

describe('listening to a person over the assistant', () => {
  it('lowers the voice, makes it final, and tells how long each took from the first sound', () => {
    const session = new Session();
    session.hear(seconds(0, 6), 0.1);
    const [duck, confirm] = session.verdicts;
    expect([duck?.verdict, confirm?.verdict]).toEqual(['duck', 'confirm']);
    expect(duck?.sinceOnsetMs).toBe(frameMs);
    expect(confirm?.sinceOnsetMs).toBeGreaterThan(400);
    expect(confirm?.sinceOnsetMs).toBeLessThan(2500);
  });

  it('does not cut a second time into the reply that has just been cut, while its sound fades', () => {
    const session = new Session();
    session.hear(seconds(0, 4), 0.1);
    expect(session.verdicts.at(-1)?.verdict).toBe('confirm');
    session.listening.reset();
    // What was under way when the page cut, and then nothing more.
    session.hear(seconds(4, 4.064), 0.1);
    session.hear(seconds(4.064, 7), 0);
    expect(session.verdicts.map(({ verdict }) => verdict)).toEqual(['duck', 'confirm']);
  });

  it('stays lowered through a pause of the assistant while the person goes on', () => {
    const session = new Session();
    const first = firstWords();
    session.hear(first, 0.1);
    const from = speech.findIndex((sample) => Math.abs(sample) >= 0.1) + first.length;
    session.hear(speech.slice(from, from + 9600), 0);
    session.hear(speech.slice(from + 9600, from + 32_000), 0.1);
    expect(session.verdicts.map(({ verdict }) => verdict)).toEqual(['duck', 'confirm']);
  });

  it('decides nothing while it is off, and goes on telling when somebody speaks', () => {
    const session = new Session('off');
    session.hear(seconds(0, 6), 0.1);
    expect(session.verdicts).toEqual([]);
    expect(session.told).toContainEqual(
      expect.objectContaining({ kind: 'speech', phase: 'started' }),
    );
  });

  it('gives the voice back and says so when the microphone goes away in mid-word', () => {
    const session = new Session();
    session.hear(firstWords(), 0.1);
    expect(session.verdicts.map(({ verdict }) => verdict)).toEqual(['duck']);
    for (let frame = 0; frame < 150; frame += 1) session.listening.hearPlayed(levels(0.1));
    expect(session.verdicts.map(({ verdict }) => verdict)).toEqual(['duck', 'restore']);
    expect(session.told).toContainEqual({ kind: 'silent', silent: true });
  });

  it('makes a cut final as soon as words are understood', () => {
    const session = new Session();
    session.hear(firstWords(), 0.1);
    session.listening.hearWords();
    expect(session.verdicts.map(({ verdict }) => verdict)).toEqual(['duck', 'confirm']);
  });

  it('says when the microphone gives nothing at all, and takes it back when it is to be asked anew', () => {
    const session = new Session();
    const silentNews = () => session.told.filter(({ kind }) => kind === 'silent');
    const nothing = new Float32Array(16_000 * 5);
    session.hear(nothing, 0);
    expect(silentNews()).toEqual([{ kind: 'silent', silent: true }]);
    session.listening.reset();
    expect(silentNews().at(-1)).toEqual({ kind: 'silent', silent: false });
    session.hear(nothing, 0);
    expect(silentNews().at(-1)).toEqual({ kind: 'silent', silent: true });
    session.hear(seconds(0, 1), 0);
    expect(silentNews().at(-1)).toEqual({ kind: 'silent', silent: false });
  });
});

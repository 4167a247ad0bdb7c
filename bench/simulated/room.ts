import { frameMs, frameRateHz, frameSamples } from '../../vad/silero/frame.ts';
import type { SileroParameters } from '../../vad/silero/parameters.ts';
import { Silero } from '../../vad/silero/silero.ts';
import type { Verdict } from '../../src/barge-in/barge-in.ts';
import { HeldVoice } from '../../src/barge-in/held-voice.ts';
import type { Sensitivity } from '../../src/barge-in/policy.ts';
import { Listening } from '../../src/vad/listening.ts';
import type { DuckCommand } from '../../src/vad/messages.ts';
import { levelOf, looped } from '../sounds/level.ts';
import { seeded } from '../sounds/seeded.ts';
import type { EchoPath } from './echo-path.ts';

/** What the audio thread plays at once: 8 ms, over which levels are taken too. */
const block = frameSamples / 4;
/** From the decision to the audio thread that obeys, in blocks: the next one is under way already. */
const commandBlocks = 2;
/** After a cut the next reply comes so late, in ms. */
const nextReplyMs = 1000;
/** As the detector has it. */
const audibleFromRms = 0.002;
/** A microphone's own noise, in dBFS. */
const noiseDbfs = -66;

export interface SimulatedRoomOptions {
  readonly weights: SileroParameters;
  readonly sensitivity: Sensitivity;
  /** What the assistant says, over and over. 16 kHz, [-1, 1]. */
  readonly reply: Float32Array;
  /** How the microphone hears the loudspeaker; not at all with headphones. */
  readonly echo?: EchoPath;
}

export interface Decision {
  readonly verdict: Verdict;
  /** Since the beginning, in ms: when it was made. */
  readonly atMs: number;
}

export interface Outcome {
  readonly decisions: readonly Decision[];
  /** For how long, in ms, a reply that had sound to be heard was kept silent. */
  readonly silencedMs: number;
  /** How late the assistant's sound still was at the end, pauses left out, in ms; 0 if a reply was cut. */
  readonly lateMs: number;
}

/**
 * A page with its detector in simulated time: the product's own detector, state machine and duck, without threads between
 * them. What is lowered is not echoed.
 */
export class SimulatedRoom {
  readonly #options: SimulatedRoomOptions;
  readonly #voice = new HeldVoice(frameRateHz);
  readonly #listening: Listening;
  readonly #decisions: Decision[] = [];
  readonly #noise: Float32Array;
  #commands: { readonly kind: DuckCommand['kind']; readonly atBlock: number }[] = [];
  #blocks = 0;
  #replyAt = 0;
  /** The block from which on the assistant speaks again. */
  #speaksFrom = 0;
  #isHeld = false;
  #silenced = 0;
  #received = 0;
  #played = 0;
  #cut = false;

  constructor(options: SimulatedRoomOptions) {
    this.#options = options;
    this.#noise = noiseOf();
    this.#listening = new Listening(new Silero(options.weights), options.sensitivity, {
      tell: (event) => {
        if (event.kind === 'verdict') this.#decide(event.verdict);
      },
      command: ({ kind }) => this.#command(kind),
      now: () => this.#nowMs,
    });
  }

  /** Lets the person's sound (16 kHz, [-1, 1]) pass, to its last whole frame. */
  run(person: Float32Array): Outcome {
    for (let at = 0; at + frameSamples <= person.length; at += frameSamples) {
      const echo = this.#play();
      const samples = person.slice(at, at + frameSamples);
      for (let i = 0; i < frameSamples; i += 1) {
        const noise = this.#noise[(at + i) % this.#noise.length] ?? 0;
        samples[i] = (samples[i] ?? 0) + (echo[i] ?? 0) + noise;
      }
      this.#listening.hearMicrophone({ samples, atS: this.#nowMs / 1000, atMs: this.#nowMs });
    }
    const blockMs = frameMs / 4;
    return {
      decisions: this.#decisions,
      silencedMs: this.#silenced * blockMs,
      lateMs: this.#cut ? 0 : Math.max(0, this.#received - this.#played) * blockMs,
    };
  }

  get #nowMs(): number {
    return (this.#blocks * frameMs) / 4;
  }

  /** One frame of the loudspeaker; its echo at the microphone meanwhile. */
  #play(): Float32Array {
    const echo = new Float32Array(frameSamples);
    const received: number[] = [];
    const played: number[] = [];
    for (let part = 0; part < 4; part += 1) {
      this.#obey();
      const came = this.#reply();
      const given = new Float32Array(block);
      this.#voice.process(came, given);
      echo.set(this.#options.echo?.pass(given) ?? new Float32Array(block), part * block);
      received.push(rmsOf(came));
      played.push(rmsOf(given));
      this.#count(received[part] ?? 0, played[part] ?? 0);
      this.#blocks += 1;
    }
    const { soundWaits: waits, late } = this.#voice;
    const levels = { received, played, waits, lateMs: (late / frameRateHz) * 1000 };
    this.#listening.hearPlayed(levels);
    return echo;
  }

  #reply(): Float32Array {
    if (this.#blocks < this.#speaksFrom) return new Float32Array(block);
    this.#replyAt += block;
    return looped(this.#options.reply, block, this.#replyAt - block);
  }

  #count(received: number, played: number): void {
    if (received >= audibleFromRms) this.#received += 1;
    if (played >= audibleFromRms) this.#played += 1;
    if (this.#isHeld && this.#voice.soundWaits) this.#silenced += 1;
  }

  #decide(verdict: Verdict): void {
    this.#decisions.push({ verdict, atMs: this.#nowMs });
    if (verdict !== 'confirm') return;
    // As the page does: the reply is dropped, and the detector waits for the next one.
    this.#cut = true;
    this.#speaksFrom = this.#blocks + Math.round(nextReplyMs / (frameMs / 4));
    this.#command('drop');
    this.#listening.reset();
  }

  #command(kind: DuckCommand['kind']): void {
    this.#commands.push({ kind, atBlock: this.#blocks + commandBlocks });
  }

  #obey(): void {
    const due = this.#commands.filter(({ atBlock }) => atBlock <= this.#blocks);
    this.#commands = this.#commands.filter(({ atBlock }) => atBlock > this.#blocks);
    for (const { kind } of due) {
      this.#isHeld = kind === 'duck';
      if (kind === 'duck') this.#voice.hold();
      else if (kind === 'restore') this.#voice.goOn();
      else this.#voice.drop();
    }
  }
}

function rmsOf(samples: Float32Array): number {
  return 10 ** (levelOf(samples) / 20);
}

function noiseOf(): Float32Array {
  const random = seeded(7);
  // Uniform from -1 to 1 has an RMS of 1/√3.
  const gain = Math.sqrt(3) * 10 ** (noiseDbfs / 20);
  return new Float32Array(4 * frameRateHz).map(() => (2 * random() - 1) * gain);
}

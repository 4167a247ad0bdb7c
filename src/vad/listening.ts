import { frameMs } from '../../vad/silero/frame.ts';
import type { Silero } from '../../vad/silero/silero.ts';
import { BargeIn, type HeardFrame, type Verdict } from '../barge-in/barge-in.ts';
import { EchoDetector, levelMs } from '../barge-in/echo.ts';
import { soundsHummed } from '../barge-in/hum.ts';
import { policies, type Sensitivity } from '../barge-in/policy.ts';
import { levelsOf, levelsPerFrame } from './levels.ts';
import type { CapturedFrame, DetectorEvent, DuckCommand, PlayedLevels } from './messages.ts';
import { SpeechReport } from './speech-report.ts';
import type { HeardVoice, UntreatedEar } from './untreated-ear.ts';

/** The assistant's voice counts as sounding from here on (RMS), and for so long after, in ms. */
const audibleFromRms = 0.002;
const audibleForMs = 300;
/** Where the person has begun to talk over it, a pause between its sentences does not end it before this time, in ms. */
const pausesForMs = 1000;
/** The page has silenced a reply that was cut after so long, in ms. */
const fadesWithinMs = 100;
/** From this probability on a frame is speech. */
const speechFrom = 0.5;
/** Below this it is surely none. */
const quietBelow = 0.35;
/** After this long without a frame, in ms, nothing is to be heard of the microphone: it was muted or has ended. */
const goneAfterMs = 250;
/** A live microphone has at least noise; this long without any, in ms, and it is dead or switched off. */
const deadAfterMs = 4000;
/** So long after the last sound that may have been speech, in ms, a hole in the sound costs no word. */
const calmAfterMs = 700;

type HeardSound = Pick<HeardFrame, 'probability' | 'isEcho' | 'isHum'>;

export interface ListeningHost {
  tell(event: DetectorEvent): void;
  command(command: DuckCommand): void;
  /** Wall clock, ms. */
  now(): number;
}

/** What the detector's worker does with each frame; knows nothing of workers and ports. */
export class Listening {
  readonly #silero: Pick<Silero, 'probability'>;
  readonly #host: ListeningHost;
  readonly #untreated: UntreatedEar | undefined;
  readonly #report = new SpeechReport();
  readonly #echo = new EchoDetector();
  #bargeIn: BargeIn | undefined;
  #played: number[] = [];
  #quietForMs = audibleForMs;
  /** By the sound that was played, since the last frame of the microphone. */
  #withoutFrameMs = 0;
  /** How long what comes may still be the end of the reply that was cut. */
  #fadingMs = 0;
  #deadForMs = 0;
  /** Since the last sound of the microphone that may have been speech. */
  #unspokenMs = 0;
  /** Where the speech that is being weighed began. */
  #onsetMs: number | undefined;
  verbose = false;

  constructor(
    silero: Pick<Silero, 'probability'>,
    sensitivity: Sensitivity,
    host: ListeningHost,
    untreated?: UntreatedEar,
  ) {
    this.#silero = silero;
    this.#host = host;
    this.#untreated = untreated;
    this.setSensitivity(sensitivity);
  }

  /** Whether neither the assistant nor the person has been heard for a while. */
  get isCalm(): boolean {
    return this.#quietForMs >= audibleForMs && this.#unspokenMs >= calmAfterMs;
  }

  setSensitivity(sensitivity: Sensitivity): void {
    this.#host.command({ kind: 'restore' });
    this.#bargeIn = sensitivity === 'off' ? undefined : new BargeIn(policies[sensitivity]);
  }

  /** Ready for the next reply. Until it sounds there is nothing to cut in on, however long the person speaks. */
  reset(): void {
    this.#bargeIn?.reset();
    this.#quietForMs = audibleForMs;
    this.#fadingMs = fadesWithinMs;
    this.#withoutFrameMs = 0;
    // Whether it is silent is a new question: it may have been so because it was muted.
    this.#hearLife(0);
    this.#host.command({ kind: 'restore' });
  }

  /** The assistant's recogniser has understood words of the person that are not mere signs of listening. */
  hearWords(): void {
    const atMs = this.#host.now();
    this.#act(this.#bargeIn?.hearWords(), atMs, 0);
  }

  hearPlayed({ received, played, waits }: PlayedLevels): void {
    this.#untreated?.hearPlayed(played);
    this.#played.push(...played);
    // The two threads do not run in step; more than this apart they would be compared wrongly.
    this.#played.splice(0, Math.max(0, this.#played.length - 2 * levelsPerFrame));
    const lengthMs = received.length * levelMs;
    const loud =
      this.#fadingMs <= 0 && (waits || received.some((level) => level >= audibleFromRms));
    this.#fadingMs -= lengthMs;
    this.#quietForMs = loud ? 0 : this.#quietForMs + lengthMs;
    this.#withoutFrameMs += lengthMs;
    if (this.#withoutFrameMs > goneAfterMs) this.#missMicrophone();
  }

  hearMicrophone({ samples, atS, atMs }: CapturedFrame): void {
    this.#withoutFrameMs = 0;
    const near = levelsOf(samples);
    const far = this.#played.splice(0, levelsPerFrame);
    while (far.length < levelsPerFrame) far.unshift(0);
    const audible = this.#isAudible;
    const heard = this.#weigh(samples, this.#echo.hear(near, far));
    // A microphone that is muted, and so gives zeros, is not overheard by a way round.
    const beyondDoubt =
      audible && near.some((level) => level > 0) ? this.#untreated?.voiceAt(atMs) : undefined;
    const { probability, isEcho, isHum } = surest(heard, beyondDoubt);
    this.#unspokenMs = probability < quietBelow ? this.#unspokenMs + frameMs : 0;
    const nowMs = this.#host.now();
    const ageMs = nowMs - atMs;

    this.#followOnset(audible ? probability : 0, atMs);
    this.#act(this.#bargeIn?.hear({ probability, isEcho, isHum, atMs }, audible), atMs, ageMs);
    this.#watchForDeath(near);
    // The assistant has to know when nobody listens to the microphone any more.
    if (this.#deadForMs < deadAfterMs) {
      const news = this.#report.hear(isEcho ? 0 : probability, atMs);
      if (news) this.#host.tell(news);
    }
    if (this.verbose) {
      const state = this.#bargeIn?.state.kind ?? 'idle';
      this.#host.tell({
        kind: 'frame',
        frame: {
          probability,
          isEcho,
          ageMs,
          state,
          audible,
          atS,
          heardRms: Math.max(...near),
          playedRms: Math.max(...far),
          echo: this.#echo.path,
        },
      });
    }
  }

  /** The same microphone before the browser treated it. */
  hearUntreated(frame: CapturedFrame): void {
    this.#untreated?.hear(frame);
  }

  get #isAudible(): boolean {
    const isDucked = this.#bargeIn?.state.kind === 'ducked';
    return this.#quietForMs < (isDucked ? pausesForMs : audibleForMs);
  }

  #weigh(samples: Float32Array, isEcho: boolean): HeardSound {
    return { probability: this.#silero.probability(samples), isEcho, isHum: soundsHummed(samples) };
  }

  /** No sound comes at all, not even silence: it must neither hold the voice back for ever nor pass unnoticed. */
  #missMicrophone(): void {
    const atMs = this.#host.now();
    const silence = { probability: 0, isEcho: false, isHum: false, atMs };
    this.#act(this.#bargeIn?.hear(silence, this.#isAudible), atMs, 0);
    this.#hearLife(this.#withoutFrameMs);
  }

  #act(verdict: Verdict | undefined, atMs: number, ageMs: number): void {
    if (verdict === undefined) return;
    // First of all the sound; a confirmed cut stays lowered until the page has dropped the reply.
    if (verdict !== 'confirm') this.#host.command({ kind: verdict });
    const sinceOnsetMs = this.#host.now() - (this.#onsetMs ?? atMs);
    this.#host.tell({ kind: 'verdict', verdict, atMs, ageMs, sinceOnsetMs });
  }

  #followOnset(probability: number, atMs: number): void {
    if (this.#bargeIn?.state.kind === 'ducked') return;
    if (probability < speechFrom) this.#onsetMs = undefined;
    else this.#onsetMs ??= atMs - frameMs;
  }

  #watchForDeath(near: readonly number[]): void {
    this.#hearLife(near.every((level) => level === 0) ? this.#deadForMs + frameMs : 0);
  }

  #hearLife(deadForMs: number): void {
    const wasDead = this.#deadForMs >= deadAfterMs;
    this.#deadForMs = deadForMs;
    const isDead = this.#deadForMs >= deadAfterMs;
    if (isDead !== wasDead) this.#host.tell({ kind: 'silent', silent: isDead });
  }
}

/** What the browser has left of a voice says less than the voice itself. */
function surest(heard: HeardSound, voice: HeardVoice | undefined): HeardSound {
  return voice && voice.probability > heard.probability ? { ...voice, isEcho: false } : heard;
}

import type { AudioFrame } from '@livekit/rtc-node';
import type { EngineClient } from '../engine/client.ts';
import type { Ear } from '../voice/guarded-model.ts';
import { EngineSpeech } from './engine-speech.ts';
import type { Gating } from './gating.ts';
import { Meter } from './meter.ts';
import { SpeechGate } from './speech-gate.ts';

/** The page tells of speech before its sound has come; the engine's detector needs the sound, and is less watchful. */
export const engineLatenessMs = 200;

interface MeteredEarOptions {
  /** What the person lets be heard at all. */
  readonly microphone: Ear;
  readonly gating: () => Gating;
  readonly client: EngineClient;
}

/** What one metered service hears: what the person lets be heard, around speech, and counted. */
export class MeteredEar implements Ear {
  readonly meter = new Meter();
  readonly #microphone: Ear;
  readonly #gate: SpeechGate;
  readonly #gating: () => Gating;
  readonly #client: EngineClient;
  #engine: EngineSpeech | undefined;
  #pageListens = false;
  #closed = false;

  constructor({ microphone, gating, client }: MeteredEarOptions) {
    this.#microphone = microphone;
    this.#gate = new SpeechGate(gating);
    this.#gating = gating;
    this.#client = client;
  }

  pass(frame: AudioFrame): AudioFrame[] {
    if (this.#needsEngine) this.#listenForItself().hear(frame);
    const sent = this.#microphone.pass(frame).flatMap((heard) => this.#gate.pass(heard));
    this.meter.count(frame, sent);
    return sent;
  }

  /** Whether the page says when the person speaks. Where it does not, the engine's detector does. */
  pageListens(listens: boolean): void {
    if (listens === this.#pageListens) return;
    this.#pageListens = listens;
    // Whoever takes over says at once if somebody speaks.
    this.#gate.stopped();
    this.#engine?.close();
    this.#engine = undefined;
  }

  started(latenessMs: number): void {
    this.#gate.started(latenessMs);
  }

  stopped(): void {
    this.#gate.stopped();
  }

  serviceHears(speech: boolean): void {
    this.#gate.serviceHears(speech);
  }

  close(): void {
    this.#closed = true;
    this.#engine?.close();
    this.#engine = undefined;
  }

  get #needsEngine(): boolean {
    return !this.#pageListens && !this.#closed && this.#gating().kind !== 'none';
  }

  #listenForItself(): EngineSpeech {
    if (this.#engine) return this.#engine;
    this.#gate.stopped();
    this.#engine = new EngineSpeech(this.#client, {
      started: () => this.#gate.started(engineLatenessMs),
      stopped: () => this.#gate.stopped(),
      deaf: () => this.#gate.open(),
    });
    return this.#engine;
  }
}

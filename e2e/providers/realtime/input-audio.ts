import type { Hearing, HearingEvent, Mind, Turns } from '../mind/mind.ts';
import { AudioReader, type AudioFormat } from './audio-format.ts';
import { newId } from './ids.ts';
import { LevelGate } from './level-gate.ts';
import type { TurnDetection } from './settings.ts';
import { WireError } from './wire-error.ts';

/** What the person said in one go, ready to become an item. */
export interface HeardTurn {
  readonly itemId: string;
  readonly durationMs: number;
  /** Empty where there were no words in it. */
  readonly words: Promise<string>;
}

export interface InputAudioListener {
  speechStarted(itemId: string, audioStartMs: number): void;
  speechStopped(itemId: string, audioEndMs: number): void;
  committed(turn: HeardTurn): void;
}

interface InputRules {
  readonly input: AudioFormat;
  readonly turnDetection: TurnDetection | null;
}

interface Speech {
  readonly itemId: string;
  readonly startedAtMs: number;
  announced: boolean;
}

const shortestCommitMs = 100;
const byHand: Turns = { kind: 'manual' };

/** The input audio buffer of one session, and the service's own search for turns in it. */
export class InputAudio {
  readonly #listener: InputAudioListener;
  readonly #hearing: Hearing;
  #rules: InputRules;
  #reader: AudioReader;
  #gate: LevelGate;
  #bufferedMs = 0;
  #speech: Speech | undefined;
  /** Turns by hand whose words are being made out, by where they end. */
  readonly #pending = new Map<number, (words: string) => void>();

  constructor(mind: Mind, rules: InputRules, listener: InputAudioListener) {
    this.#listener = listener;
    this.#rules = rules;
    this.#reader = new AudioReader(rules.input);
    this.#gate = new LevelGate(rules.turnDetection?.threshold ?? 0);
    this.#hearing = mind.listen({
      turns: turnsOf(rules.turnDetection),
      onEvent: (event) => this.#onHeard(event),
    });
  }

  /** Of all the audio that has come. */
  get heardMs(): number {
    return this.#hearing.heardMs;
  }

  append(base64: string): void {
    const { pcm, durationMs } = this.#reader.push(base64);
    this.#bufferedMs += durationMs;
    this.#hearing.hear(this.#gate.pass(pcm));
    this.#announceIfLongEnough();
  }

  /** Throws where there is nothing to commit. */
  commit(): void {
    if (this.#bufferedMs < shortestCommitMs || (this.#rules.turnDetection && !this.#speech)) {
      const has = this.#rules.turnDetection && !this.#speech ? 0 : this.#bufferedMs;
      throw new WireError(
        'input_audio_buffer_commit_empty',
        `Error committing input audio buffer: buffer too small. Expected at least ${shortestCommitMs}ms of audio, but buffer only has ${has.toFixed(2)}ms of audio.`,
      );
    }
    if (!this.#rules.turnDetection) this.#commitByHand();
    else this.#hearing.commit();
  }

  clear(): void {
    this.#bufferedMs = 0;
    this.#speech = undefined;
    this.#hearing.clear();
  }

  /** What stays the same is not disturbed: a sentence under way goes on. */
  configure(rules: InputRules): void {
    const before = this.#rules;
    this.#rules = rules;
    if (
      before.input.rateHz !== rules.input.rateHz ||
      before.input.encoding !== rules.input.encoding
    ) {
      this.#reader.close();
      this.#reader = new AudioReader(rules.input);
    }
    if (before.turnDetection?.threshold !== rules.turnDetection?.threshold) {
      this.#gate = new LevelGate(rules.turnDetection?.threshold ?? 0);
    }
    if (before.turnDetection?.silenceMs !== rules.turnDetection?.silenceMs) {
      this.#speech = undefined;
      this.#hearing.configure(turnsOf(rules.turnDetection));
    }
  }

  close(): void {
    this.#hearing.close();
    this.#reader.close();
  }

  #commitByHand(): void {
    const endMs = this.#hearing.heardMs;
    const words = new Promise<string>((resolve) => this.#pending.set(endMs, resolve));
    const durationMs = this.#takeBuffered();
    this.#listener.committed({ itemId: newId('item'), durationMs, words });
    this.#hearing.commit();
  }

  #onHeard(event: HearingEvent): void {
    switch (event.type) {
      case 'speech_started':
        this.#speech = { itemId: newId('item'), startedAtMs: event.atMs, announced: false };
        this.#announceIfLongEnough();
        break;
      case 'speech_stopped':
        this.#stop(event.decidedAtMs);
        break;
      case 'final':
        this.#settle(event.text, event.startMs, event.endMs);
        break;
      case 'interim':
        break;
    }
  }

  /** The mind is sure of speech before some settings would be. */
  #announceIfLongEnough(): void {
    const speech = this.#speech;
    if (!speech || speech.announced || !this.#rules.turnDetection) return;
    const { shortestSpeechMs, prefixPaddingMs } = this.#rules.turnDetection;
    if (this.#hearing.heardMs - speech.startedAtMs < shortestSpeechMs) return;
    speech.announced = true;
    const startMs = Math.max(0, Math.round(speech.startedAtMs - prefixPaddingMs));
    this.#listener.speechStarted(speech.itemId, startMs);
  }

  #stop(decidedAtMs: number): void {
    if (this.#speech?.announced) {
      this.#listener.speechStopped(this.#speech.itemId, Math.round(decidedAtMs));
    }
  }

  #settle(words: string, startMs: number, endMs: number): void {
    const byHandWaits = this.#pending.get(endMs);
    if (byHandWaits) {
      this.#pending.delete(endMs);
      byHandWaits(words);
      return;
    }
    const speech = this.#speech;
    this.#speech = undefined;
    if (!speech?.announced) return;
    this.#takeBuffered();
    const durationMs = endMs - startMs + (this.#rules.turnDetection?.prefixPaddingMs ?? 0);
    this.#listener.committed({ itemId: speech.itemId, durationMs, words: Promise.resolve(words) });
  }

  #takeBuffered(): number {
    const durationMs = this.#bufferedMs;
    this.#bufferedMs = 0;
    return durationMs;
  }
}

function turnsOf(turnDetection: TurnDetection | null): Turns {
  return turnDetection ? { kind: 'found', silenceMs: turnDetection.silenceMs } : byHand;
}

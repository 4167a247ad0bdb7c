import type { AudioFrame } from '@livekit/rtc-node';
import type { AudioFormat } from './audio/formats.ts';
import { HeldAudio } from './audio/held.ts';
import { InputAudio } from './audio/input.ts';
import type { ClientEvent } from './wire/client-events.ts';

interface InputOptions {
  readonly format: AudioFormat;
  readonly send: (event: ClientEvent) => void;
  /** Whether what is sent reaches a service that is ready for it. */
  readonly isTold: () => boolean;
}

/** The service refuses to take less as a turn. */
const shortestTurnMs = 100;

/** What the person says, on its way to the service; kept until the service has made something of it. */
export class Input {
  readonly #options: InputOptions;
  readonly #audio: InputAudio;
  readonly #held = new HeldAudio();
  #isSpeaking = false;
  /** Sent, or to be sent, since the last commit or clear. */
  #uncommittedMs = 0;
  #awaitsAnswer = false;

  constructor(options: InputOptions) {
    this.#options = options;
    this.#audio = new InputAudio(options.format);
  }

  get isSpeaking(): boolean {
    return this.#isSpeaking;
  }

  /** A turn is known in words and nothing answers it yet: to be asked for after a loss. */
  get isUnanswered(): boolean {
    return this.#awaitsAnswer && !this.#held.hasEndedTurn;
  }

  /** `holdsTurn`: the person ends turns, not the service. */
  push(frame: AudioFrame, holdsTurn: boolean): void {
    this.#send(this.#audio.push(frame), holdsTurn);
  }

  /** The person has finished. Too short a turn is none. */
  commit(): void {
    this.#send(this.#audio.flush(), true);
    if (this.#uncommittedMs < shortestTurnMs) return;
    this.#uncommittedMs = 0;
    this.#held.endTurn('person');
    if (this.#options.isTold()) this.#options.send({ type: 'input_audio_buffer.commit' });
  }

  clear(): void {
    this.#audio.clear();
    this.#held.clear();
    this.#uncommittedMs = 0;
    if (this.#options.isTold()) this.#options.send({ type: 'input_audio_buffer.clear' });
  }

  speechStarted(): void {
    this.#isSpeaking = true;
  }

  speechStopped(): void {
    this.#isSpeaking = false;
  }

  /** The service has found the end of a turn. */
  turnEnded(isAnswered: boolean): void {
    this.#held.endTurn('service');
    this.#uncommittedMs = 0;
    this.#awaitsAnswer = isAnswered;
  }

  written(): void {
    this.#held.taken();
  }

  answered(): void {
    this.#held.taken();
    this.#awaitsAnswer = false;
  }

  lost(): void {
    this.#isSpeaking = false;
  }

  /** Says again what the service before this one has not made anything of. */
  resend(): void {
    for (const step of this.#held.replay())
      this.#options.send(
        step.kind === 'commit'
          ? { type: 'input_audio_buffer.commit' }
          : { type: 'input_audio_buffer.append', audio: step.base64 },
      );
  }

  /** Frees native memory. */
  close(): void {
    this.#audio.close();
  }

  #send(audio: ReturnType<InputAudio['flush']>, holdsTurn: boolean): void {
    if (!audio) return;
    const isTold = this.#options.isTold();
    this.#held.add(audio, !isTold || this.#isSpeaking || holdsTurn);
    this.#uncommittedMs += audio.durationMs;
    if (isTold) this.#options.send({ type: 'input_audio_buffer.append', audio: audio.base64 });
  }
}

import type { Hearing, HearingEvent, Mind } from '../mind/mind.ts';
import { soundPasses } from '../wire-sound.ts';
import { look, type View } from '../mind/looking.ts';
import { readClientMessage, readPicture, readSound, type ClientMessage } from './client-message.ts';
import type { Faults } from './faults.ts';
import { hasWords, Memory, type Belief } from './memory.ts';
import { Refusal } from './refusal.ts';
import { readSetup, type ApiVersion, type Setup } from './setup.ts';
import { Talk } from './talk.ts';

export interface SessionOptions {
  readonly mind: Mind;
  readonly version: ApiVersion;
  readonly faults: Faults;
  /** By the handles that were given out. */
  readonly kept: Map<string, Memory>;
  readonly send: (message: object) => void;
  readonly onMessage: (message: ClientMessage) => void;
  readonly onPicture: (view: View) => void;
  readonly close: (code: number, reason: string) => void;
}

/** What exists once the client has said how the session is to be. */
interface Running {
  readonly setup: Setup;
  readonly talk: Talk;
  readonly ears: Hearing;
}

const defaultSilenceMs = { END_SENSITIVITY_HIGH: 500, END_SENSITIVITY_LOW: 1000 };

/** One connection from its setup to its end: what the client may say when, and what is heard. */
export class Session {
  readonly #options: SessionOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  #running: Running | undefined;
  #ready = false;
  #active = false;
  #heardMs = 0;
  /** Takes the transcript of a turn by hand. */
  #writtenDown: (() => void) | undefined;
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get heardMs(): number {
    return this.#heardMs;
  }

  get setup(): Setup | undefined {
    return this.#running?.setup;
  }

  believes(): readonly Belief[] {
    return this.#running?.talk.believes() ?? [];
  }

  receive(text: string): void {
    try {
      const message = readClientMessage(text);
      this.#options.onMessage(message);
      this.#handle(message);
    } catch (error) {
      this.#refuse(error);
    }
  }

  close(): void {
    this.#closed = true;
    this.#running?.talk.end();
    this.#running?.ears.close();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #handle(message: ClientMessage): void {
    const running = this.#running;
    if (message.kind === 'setup') {
      if (running) throw new Refusal(1007, 'setup must be the first and only the first message.');
      this.#begin(readSetup(message.setup, this.#options.version));
      return;
    }
    if (!running || !this.#ready) {
      throw new Refusal(1007, 'setup must be the first message and be completed.');
    }
    switch (message.kind) {
      case 'realtimeInput':
        this.#hear(message.input, running);
        break;
      case 'clientContent':
        this.#inOrder(() => running.talk.read(message.content));
        break;
      case 'toolResponse':
        for (const response of message.response.functionResponses) running.talk.take(response);
        break;
    }
  }

  #begin(setup: Setup): void {
    const { mind, faults, kept, send, close } = this.#options;
    const memory = this.#remembered(setup);
    const heardMs = () => this.#heardMs;
    const talk = new Talk({ mind, faults, setup, memory, kept, heardMs, send, close });
    const detection = setup.realtimeInputConfig?.automaticActivityDetection;
    const sensitivity = detection?.endOfSpeechSensitivity ?? 'END_SENSITIVITY_HIGH';
    const silenceMs = Math.max(50, detection?.silenceDurationMs ?? defaultSilenceMs[sensitivity]);
    const ears = mind.listen({
      turns: isManual(setup) ? { kind: 'manual' } : { kind: 'found', silenceMs },
      onEvent: (event) => this.#heard(event, running),
    });
    const running = { setup, talk, ears };
    this.#running = running;
    this.#later(faults.take('slow-start')?.delayMs ?? 0, () => {
      this.#ready = true;
      send({ setupComplete: {} });
      talk.giveHandle();
    });
    const limit = faults.limit();
    if (!limit) return;
    this.#later(limit.afterMs - limit.noticeMs, () =>
      send({ goAway: { timeLeft: `${limit.noticeMs / 1000}s` } }),
    );
    this.#later(limit.afterMs, () => close(1008, 'The operation was aborted.'));
  }

  #remembered({ sessionResumption }: Setup): Memory {
    const handle = sessionResumption?.handle;
    if (handle === undefined) return new Memory();
    const memory = this.#options.kept.get(handle);
    if (!memory) throw new Refusal(1008, 'The session handle is not valid any more.');
    return memory.copy();
  }

  #hear(
    input: Extract<ClientMessage, { kind: 'realtimeInput' }>['input'],
    { setup, talk, ears }: Running,
  ): void {
    const byHand = input.activityStart ?? input.activityEnd;
    if (byHand && !isManual(setup)) {
      throw new Refusal(
        1007,
        'Explicit activity control is not supported when automatic activity detection is enabled.',
      );
    }
    if (input.audioStreamEnd && isManual(setup)) {
      throw new Refusal(1007, 'audioStreamEnd needs automatic activity detection.');
    }
    if (input.activityStart) {
      if (this.#active) throw new Refusal(1007, 'The activity has already been started.');
      this.#active = true;
      if (interrupts(setup)) talk.interrupt();
    }
    if (input.audio) {
      const pcm = readSound(input.audio);
      soundPasses({ direction: 'received', pcm });
      this.#heardMs += pcm.length / 16;
      if (!isManual(setup) || this.#active) ears.hear(pcm);
    }
    if (input.video) {
      const jpeg = readPicture(input.video);
      this.#inOrder(() => this.#look(jpeg, talk));
    }
    if (input.audioStreamEnd) ears.commit();
    if (input.activityEnd) {
      if (!this.#active) throw new Refusal(1007, 'No activity has been started.');
      this.#active = false;
      this.#inOrder(
        () =>
          new Promise((resolve) => {
            this.#writtenDown = resolve;
            ears.commit();
          }),
      );
    }
    const { text } = input;
    if (text === undefined) return;
    this.#inOrder(() => {
      talk.interrupt();
      talk.said(text);
    });
  }

  async #look(jpeg: Buffer, talk: Talk): Promise<void> {
    const view = await look(jpeg).catch(() => {
      throw new Refusal(1007, 'Unable to process input image.');
    });
    talk.shown(view);
    this.#options.onPicture(view);
  }

  #heard(event: HearingEvent, { setup, talk }: Running): void {
    if (event.type === 'speech_started' && interrupts(setup)) talk.interrupt();
    if (event.type !== 'final') return;
    this.#writtenDown?.();
    this.#writtenDown = undefined;
    if (!hasWords(event.text)) return;
    if (setup.inputAudioTranscription) {
      for (const text of event.text.split(/\s+/)) {
        talk.content({ inputTranscription: { text: ` ${text}` } });
      }
    }
    talk.said(event.text);
  }

  /** What a client sends in a row is taken in that row, also where writing down a turn takes a while. */
  #inOrder(step: () => void | Promise<void>): void {
    this.#work = this.#work.then(step).catch((error: unknown) => this.#refuse(error));
  }

  #refuse(error: unknown): void {
    if (!(error instanceof Refusal)) throw error;
    this.#options.close(error.code, error.reason);
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#closed) act();
    }, ms);
    this.#timers.add(timer);
  }
}

function isManual({ realtimeInputConfig }: Setup): boolean {
  return realtimeInputConfig?.automaticActivityDetection?.disabled ?? false;
}

function interrupts({ realtimeInputConfig }: Setup): boolean {
  return realtimeInputConfig?.activityHandling !== 'NO_INTERRUPTION';
}

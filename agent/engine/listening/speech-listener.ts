import type { HeardEvent } from '../wire/messages.ts';
import { frameMs, type Detector } from './detector.ts';
import { advance, idle, type EndpointerSettings, type EndpointerState } from './endpointer.ts';
import { Frames } from './frames.ts';

/** Quick to notice, since nothing is recognised and a false alarm costs a second of sound. */
const settings: EndpointerSettings = {
  onsetMs: 32,
  resumeMs: 32,
  firstInterimMs: Infinity,
  interimEveryMs: Infinity,
  preflightMs: Infinity,
  mostAheadMs: 0,
  silenceMs: { complete: 320, open: 320, incomplete: 320 },
};

export interface SpeechListenerOptions {
  readonly detector: Detector;
  readonly onEvent: (event: HeardEvent) => void;
}

/** Hears when somebody speaks in one stream of audio, and not what: costs a tenth of listening to words. */
export class SpeechListener {
  readonly #options: SpeechListenerOptions;
  readonly #frames = new Frames();
  #positionMs = 0;
  #state: EndpointerState = idle;
  #closed = false;

  constructor(options: SpeechListenerOptions) {
    this.#options = options;
  }

  /** Mono in [-1, 1] at 16 kHz, any number of samples. */
  write(samples: Float32Array): void {
    if (!this.#closed) this.#frames.push(samples, (frame) => this.#hear(frame));
  }

  /** Ends the speech now, without waiting for silence. */
  flush(): void {
    this.#step({ kind: 'flush', atMs: this.#positionMs });
  }

  quiet(): void {
    return;
  }

  doubt(): void {
    return;
  }

  end(): Promise<void> {
    this.flush();
    return Promise.resolve();
  }

  /** Gives the detector back. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.detector.release();
  }

  #hear(frame: Float32Array): void {
    const fromMs = this.#positionMs;
    this.#positionMs += frameMs;
    const speech = this.#options.detector.isSpeech(frame);
    this.#step({ kind: 'frame', speech, fromMs, toMs: this.#positionMs });
  }

  #step(input: Parameters<typeof advance>[1]): void {
    const { state, actions } = advance(this.#state, input, settings);
    this.#state = state;
    for (const action of actions) {
      if (action.kind === 'start')
        this.#options.onEvent({ type: 'speech_started', atMs: action.atMs });
      if (action.kind === 'stop') {
        const { endedAtMs: atMs } = action;
        this.#options.onEvent({ type: 'speech_stopped', atMs, decidedAtMs: this.#positionMs });
      }
    }
  }
}

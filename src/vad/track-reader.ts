import { Framing } from './framing.ts';
import type { CapturedFrame } from './messages.ts';

/**
 * Reads a microphone's track as the browser hands it out (W3C mediacapture-transform), past the audio graph: there sound
 * waits in a queue that grows whenever the output hesitates, and never shrinks. What is late here is late once.
 */
export class TrackReader {
  readonly #reader: ReadableStreamDefaultReader<AudioData>;
  readonly #onFrame: (frame: CapturedFrame) => void;
  #framing: { readonly rateHz: number; readonly frames: Framing } | undefined;
  /** Of the piece under way, by the browser's own clock of capture, in s. */
  #atS = 0;

  constructor(track: ReadableStream<AudioData>, onFrame: (frame: CapturedFrame) => void) {
    this.#reader = track.getReader();
    this.#onFrame = onFrame;
  }

  /** Resolves when the track has ended or `stop` was called. */
  async run(): Promise<void> {
    for (;;) {
      const { value, done } = await this.#reader.read();
      if (done) return;
      this.#hear(value);
      value.close();
    }
  }

  stop(): void {
    this.#reader.cancel().catch(() => undefined);
  }

  #hear(sound: AudioData): void {
    const samples = new Float32Array(sound.numberOfFrames);
    // The first channel of a microphone says it all.
    sound.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
    this.#atS = sound.timestamp / 1_000_000;
    this.#framingOf(sound.sampleRate).feed(samples);
  }

  /** Another device may have another rate. */
  #framingOf(rateHz: number): Framing {
    if (this.#framing?.rateHz !== rateHz) {
      const frames = new Framing(rateHz, (samples) =>
        // The wall clock when it is read: the browser's own times may jump by most of a second.
        this.#onFrame({ samples, atS: this.#atS, atMs: Date.now() }),
      );
      this.#framing = { rateHz, frames };
    }
    return this.#framing.frames;
  }
}

import { Framing } from './framing.ts';
import type { CapturedFrame } from './messages.ts';

/** Two good clocks drift apart by less than this, in ms for each piece of sound. */
const driftMs = 0.005;

/**
 * Reads a microphone's track as the browser hands it out (W3C mediacapture-transform), past the audio graph: there sound
 * waits in a queue that grows whenever the output hesitates, and never shrinks. What is late here is late once.
 */
export class TrackReader {
  readonly #reader: ReadableStreamDefaultReader<AudioData>;
  readonly #onFrame: (frame: CapturedFrame) => void;
  #framing: { readonly rateHz: number; readonly frames: Framing } | undefined;
  #atMs = 0;
  /** The least that the wall clock was ahead of the browser's own time of capture. */
  #aheadMs = Infinity;

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
    const capturedMs = sound.timestamp / 1000;
    this.#aheadMs = Math.min(this.#aheadMs + driftMs, Date.now() - capturedMs);
    this.#atMs = capturedMs + this.#aheadMs;
    this.#framingOf(sound.sampleRate).feed(samples);
  }

  /** Another device may have another rate. */
  #framingOf(rateHz: number): Framing {
    if (this.#framing?.rateHz !== rateHz) {
      const frames = new Framing(rateHz, (samples) =>
        this.#onFrame({ samples, atS: this.#atMs / 1000, atMs: this.#atMs }),
      );
      this.#framing = { rateHz, frames };
    }
    return this.#framing.frames;
  }
}

import { frameSamples } from './detector.ts';

/** Cuts samples of any number into the detector's frames. */
export class Frames {
  readonly #frame = new Float32Array(frameSamples);
  #filled = 0;

  /** Calls back with each frame that is full, a copy of its own. */
  push(samples: Float32Array, onFrame: (frame: Float32Array) => void): void {
    for (let at = 0; at < samples.length;) {
      const part = samples.subarray(at, at + frameSamples - this.#filled);
      this.#frame.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled < frameSamples) continue;
      this.#filled = 0;
      onFrame(this.#frame.slice());
    }
  }
}

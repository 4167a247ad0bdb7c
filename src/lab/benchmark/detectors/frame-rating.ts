/**
 * A detector that hears one recording from its beginning, in frames of 512 samples (16 kHz, [-1, 1]), and rates each: more
 * means more like speech. The scale is its own.
 */
export interface FrameRating {
  /** The ratings that are now known, in the order of the frames; a detector with longer frames may hold some back. */
  rate(frame: Float32Array): readonly number[] | Promise<readonly number[]>;
  /** Those that were held back. */
  finish(): readonly number[] | Promise<readonly number[]>;
  /** The object must not be used any more. */
  release(): void;
}

/** Rates a frame by how loud it is, in dB of full scale. */
export function loudness(): FrameRating {
  return {
    rate(frame) {
      let squares = 0;
      for (const sample of frame) squares += sample * sample;
      return [Math.max(-100, 10 * Math.log10(squares / frame.length))];
    },
    finish: () => [],
    release: () => undefined,
  };
}

/** How long one pair of peaks is, in ms. */
export const peakMs = 8;

/** How many of them make a frame of the detector. */
export const peaksInFrame = 4;

/** All that the page keeps of a recording once it was heard; small enough to keep hundreds. */
export interface Analysis {
  readonly codec: string;
  readonly rateHz: number;
  readonly channels: number;
  readonly durationS: number;
  /** That a frame of 32 ms is speech, in [0, 1]. */
  readonly probabilities: Float32Array<ArrayBuffer>;
  /** The level of each 32 ms, in dB of full scale, -100 to 0. */
  readonly levelsDb: Int8Array<ArrayBuffer>;
  /** The lowest and the highest sample of each `peakMs`, in 127ths of full scale. */
  readonly peaks: Int8Array<ArrayBuffer>;
  /** The largest of the peaks, without its sign. */
  readonly loudest: number;
  /** Whether WebAssembly did the arithmetic; without it the answers are the same and come later. */
  readonly byKernel: boolean;
  /** From the first byte read to the last frame weighed, without pauses. */
  readonly tookMs: number;
}

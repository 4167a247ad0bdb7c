/** One stream's detector of speech, whichever way its arithmetic is done. */
export interface SpeechModel {
  /** The probability that the next 512 samples (16 kHz, [-1, 1]) are speech. Throws a `RangeError` for another count. */
  probability(frame: Float32Array): number;
  /** Forgets all that was heard. */
  reset(): void;
}

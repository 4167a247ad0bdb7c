import { frameMs } from '../silero/frame.ts';

export interface SegmentSettings {
  /** From 0 (hardly anything is speech) to 1 (nearly everything is); see `thresholdOf`. */
  readonly sensitivity: number;
  /** Speech shorter than this is dropped, in ms. */
  readonly minSpeechMs: number;
  /** A pause shorter than this does not end a segment, in ms. */
  readonly minSilenceMs: number;
  /** Added before and after each segment, in ms; segments that meet by it become one. */
  readonly paddingMs: number;
}

/** The same in the page, the service and on the command line. */
export const defaultSegmentSettings: SegmentSettings = {
  sensitivity: 0.7,
  minSpeechMs: 250,
  minSilenceMs: 100,
  paddingMs: 30,
};

/** The longest duration that the service and the command line take for a setting, in ms. */
export const longestSettingMs = 60_000;

/** A stretch of speech, in ms from the beginning of the recording. */
export interface Segment {
  readonly startMs: number;
  readonly endMs: number;
}

/** Speech lasts while the probability stays less than this below the threshold. */
const hysteresis = 0.15;
const lowest = 0.01;
const highest = 0.99;

/**
 * The probability from which a frame begins speech: 1 - sensitivity, from 0.01 to 0.99. The default sensitivity of 0.7
 * is a threshold of 0.3. Throws a `RangeError` outside of 0 to 1.
 */
export function thresholdOf(sensitivity: number): number {
  if (!(sensitivity >= 0 && sensitivity <= 1)) {
    throw new RangeError(`The sensitivity is ${sensitivity}; it has to be from 0 to 1.`);
  }
  // Without rounding, 1 - 0.7 would be a little more than 0.3.
  const threshold = Math.round((1 - sensitivity) * 1e6) / 1e6;
  return Math.min(highest, Math.max(lowest, threshold));
}

/**
 * Turns probabilities into segments, one frame of 32 ms after another. A frame from the threshold on begins speech; speech
 * ends where the probability has been 0.15 below the threshold (0.01 at least) for the minimum silence. What is too short
 * is dropped, the rest padded. A segment is given out once nothing that follows can change it.
 */
export class Segmenter {
  readonly #settings: SegmentSettings;
  readonly #beginsFrom: number;
  readonly #lastsFrom: number;
  #timeMs = 0;
  #open: { readonly startMs: number; quietFromMs: number | undefined } | undefined;
  /** Padded, and still open to one that begins soon after it. */
  #kept: Segment | undefined;

  /** Throws a `RangeError` for a sensitivity outside of 0 to 1 or a negative duration. */
  constructor(settings: SegmentSettings) {
    this.#settings = settings;
    this.#beginsFrom = thresholdOf(settings.sensitivity);
    this.#lastsFrom = Math.max(lowest, this.#beginsFrom - hysteresis);
    for (const durationMs of [settings.minSpeechMs, settings.minSilenceMs, settings.paddingMs]) {
      if (!(durationMs >= 0)) throw new RangeError(`A duration of ${durationMs} ms is none.`);
    }
  }

  /** Whether speech has begun and not ended, as far as has been heard. */
  get speaking(): boolean {
    return this.#open !== undefined;
  }

  /** How much has been heard, in ms. */
  get timeMs(): number {
    return this.#timeMs;
  }

  /** Takes the next frame's probability; returns the segment that it makes final, if any. */
  feed(probability: number): Segment | undefined {
    const { minSilenceMs, paddingMs } = this.#settings;
    const atMs = this.#timeMs;
    this.#timeMs += frameMs;
    if (this.#open === undefined) {
      if (probability >= this.#beginsFrom) {
        this.#open = { startMs: atMs, quietFromMs: undefined };
      } else if (this.#kept && this.#timeMs - paddingMs > this.#kept.endMs) {
        return this.#release();
      }
      return undefined;
    }
    if (probability >= this.#lastsFrom) {
      this.#open.quietFromMs = undefined;
      return undefined;
    }
    this.#open.quietFromMs ??= atMs;
    if (this.#timeMs - this.#open.quietFromMs < minSilenceMs) return undefined;
    return this.#close(this.#open.quietFromMs);
  }

  /** Ends the recording at `durationMs`, which cuts what reaches beyond it, and returns the segments that were left. */
  finish(durationMs = this.#timeMs): Segment[] {
    const earlier = this.#open && this.#close(this.#open.quietFromMs ?? this.#timeMs);
    const rest = [earlier, this.#release()].filter((segment) => segment !== undefined);
    return rest
      .map(({ startMs, endMs }) => ({ startMs, endMs: Math.min(endMs, durationMs) }))
      .filter(({ startMs, endMs }) => endMs > startMs);
  }

  /** Ends the open speech at `endMs`. Returns the segment before it if the two do not meet. */
  #close(endMs: number): Segment | undefined {
    const startMs = this.#open?.startMs ?? endMs;
    this.#open = undefined;
    const { minSpeechMs, paddingMs } = this.#settings;
    if (endMs - startMs < minSpeechMs) return undefined;
    const padded = { startMs: Math.max(0, startMs - paddingMs), endMs: endMs + paddingMs };
    if (this.#kept && padded.startMs <= this.#kept.endMs) {
      this.#kept = { startMs: this.#kept.startMs, endMs: padded.endMs };
      return undefined;
    }
    const before = this.#release();
    this.#kept = padded;
    return before;
  }

  #release(): Segment | undefined {
    const segment = this.#kept;
    this.#kept = undefined;
    return segment;
  }
}

/**
 * All segments of a recording: one probability for each frame of 32 ms, the last of which may be part silence. `durationMs`
 * is the length of the recording, if it is not that of its frames. Throws as `Segmenter` does.
 */
export function segmentsOf(
  probabilities: Float32Array,
  settings: SegmentSettings,
  durationMs = probabilities.length * frameMs,
): Segment[] {
  const segmenter = new Segmenter(settings);
  const segments: Segment[] = [];
  for (const probability of probabilities) {
    const segment = segmenter.feed(probability);
    if (segment) segments.push(segment);
  }
  return [...segments, ...segmenter.finish(durationMs)];
}

/** How much of a recording is speech, in ms. */
export function speechMsOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}

import { listeningRateHz } from '../wire/messages.ts';
import type { Seam } from './transcript.ts';

/** The recogniser grows unsure, and invents endings, from about twelve seconds on. */
export const longestPieceMs = 11_000;
/** From this length on, a piece is parted at the next pause that is long enough. */
export const comfortablePieceMs = 7000;
export const partingPauseMs = 300;
/** Where there was no pause, the quietest place in this much of the end is taken. */
const searchMs = 4000;
const windowMs = 64;

const samplesPerMs = listeningRateHz / 1000;

/** Audio that is to be recognised in one go, and how it hangs on the piece before. */
export interface AudioPiece {
  /** Mono in [-1, 1] at 16 kHz. */
  readonly samples: Float32Array;
  readonly seam: Seam;
}

/** The audio of one utterance from its pre-roll on, of which finished pieces are taken off the front. */
export class UtteranceAudio {
  #samples = new Float32Array(longestPieceMs * samplesPerMs);
  #length = 0;
  #startMs: number;
  #seam: Seam = 'pause';

  /** `startMs` is where its first sample lies in the stream. */
  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  /** Where what has not been taken off begins in the stream. */
  get startMs(): number {
    return this.#startMs;
  }

  /** Where its audio so far ends in the stream. */
  get endMs(): number {
    return this.#startMs + this.#length / samplesPerMs;
  }

  append(samples: Float32Array): void {
    const needed = this.#length + samples.length;
    if (needed > this.#samples.length) {
      const larger = new Float32Array(needed + longestPieceMs * samplesPerMs);
      larger.set(this.#samples.subarray(0, this.#length));
      this.#samples = larger;
    }
    this.#samples.set(samples, this.#length);
    this.#length = needed;
  }

  /** A copy of what has not been taken off, up to a position in the stream. */
  upTo(positionMs: number): AudioPiece {
    const end = Math.max(0, Math.round((positionMs - this.#startMs) * samplesPerMs));
    return { samples: this.#samples.slice(0, Math.min(end, this.#length)), seam: this.#seam };
  }

  /**
   * Takes a piece off the front if it has become long and there is a place to part: in a pause that began at
   * `pausedAtMs`, or, when it gets too long, wherever it is quietest.
   */
  takePiece(pausedAtMs: number | undefined): AudioPiece | undefined {
    const lengthMs = this.#length / samplesPerMs;
    if (lengthMs < comfortablePieceMs) return undefined;
    if (pausedAtMs !== undefined && this.endMs - pausedAtMs >= partingPauseMs) {
      return this.#takeUpTo((pausedAtMs + this.endMs) / 2, 'pause');
    }
    return lengthMs < longestPieceMs ? undefined : this.#takeUpTo(this.#quietestMs(), 'forced');
  }

  #takeUpTo(positionMs: number, seam: Seam): AudioPiece {
    const piece = this.upTo(positionMs);
    this.#samples.copyWithin(0, piece.samples.length, this.#length);
    this.#length -= piece.samples.length;
    this.#startMs += piece.samples.length / samplesPerMs;
    this.#seam = seam;
    return piece;
  }

  #quietestMs(): number {
    const step = windowMs * samplesPerMs;
    let quietest = { energy: Infinity, at: this.#length };
    for (
      let at = this.#length - searchMs * samplesPerMs;
      at + step <= this.#length;
      at += step / 2
    ) {
      const energy = this.#samples.subarray(at, at + step).reduce((sum, x) => sum + x * x, 0);
      if (energy < quietest.energy) quietest = { energy, at: at + step / 2 };
    }
    return this.#startMs + quietest.at / samplesPerMs;
  }
}

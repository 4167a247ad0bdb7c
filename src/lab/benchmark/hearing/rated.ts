import { frameSamples } from '../../../../vad/silero/frame.ts';
import { Growing } from '../../analysis/growing.ts';
import type { FrameRating } from '../detectors/frame-rating.ts';
import type { DetectorName } from '../detectors/names.ts';
import type { Heard } from './messages.ts';

/** About a second; nobody's first seconds are the time of a program that has just been compiled. */
const warmUpFrames = 32;

/** One detector that hears one recording, and how long that takes it. */
export class Rated {
  readonly #detector: DetectorName;
  readonly #rating: FrameRating;
  readonly #ratings = new Growing((length) => new Float32Array(length));
  #tookMs = 0;

  private constructor(detector: DetectorName, rating: FrameRating) {
    this.#detector = detector;
    this.#rating = rating;
  }

  /** `open` is asked twice: what warms up is not what hears. */
  static async open(detector: DetectorName, open: () => Promise<FrameRating>): Promise<Rated> {
    const warm = await open();
    const silence = new Float32Array(frameSamples);
    for (let frame = 0; frame < warmUpFrames; frame += 1) await warm.rate(silence);
    warm.release();
    return new Rated(detector, await open());
  }

  async feed(frames: readonly Float32Array[]): Promise<void> {
    const beganMs = performance.now();
    for (const frame of frames) {
      const ratings = this.#rating.rate(frame);
      // Those that answer at once are not made to wait for anything.
      this.#keep(ratings instanceof Promise ? await ratings : ratings);
    }
    this.#tookMs += performance.now() - beganMs;
  }

  async finish(): Promise<Heard> {
    const beganMs = performance.now();
    this.#keep(await this.#rating.finish());
    this.#tookMs += performance.now() - beganMs;
    this.#rating.release();
    return { detector: this.#detector, ratings: this.#ratings.taken(), tookMs: this.#tookMs };
  }

  #keep(ratings: readonly number[]): void {
    for (const rating of ratings) this.#ratings.push(rating);
  }
}

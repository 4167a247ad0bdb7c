import { frameMs } from '../../vad/silero/frame.ts';
import type { WatchedFrame } from '../vad/messages.ts';

const shownMs = 8000;
/** How many frames the plot has room for. */
export const traceFrames = shownMs / frameMs;

/** The last seconds of the speech detector, for whoever looks on. */
export class Trace {
  #frames: WatchedFrame[] = [];

  get frames(): readonly WatchedFrame[] {
    return this.#frames;
  }

  get latest(): WatchedFrame | undefined {
    return this.#frames.at(-1);
  }

  /** The oldest that a frame was when it was weighed, in ms; undefined while there are none. */
  get worstAgeMs(): number | undefined {
    if (this.#frames.length === 0) return undefined;
    return Math.max(...this.#frames.map(({ ageMs }) => ageMs));
  }

  add(frame: WatchedFrame): void {
    this.#frames = [...this.#frames.slice(1 - traceFrames), frame];
  }
}

import type { AudioFrame } from '@livekit/rtc-node';
import { durationMs } from '../providers/input-frame.ts';

interface Kept {
  readonly frame: AudioFrame;
  readonly atMs: number;
}

/** The latest sound that was held back, in case it turns out to be the beginning of something. */
export class PreRoll {
  readonly #longestMs: number;
  readonly #now: () => number;
  #kept: Kept[] = [];
  #keptMs = 0;

  /** Keeps at least the last `longestMs`, in whole frames. `now` is any steady clock, in ms. */
  constructor(longestMs: number, now: () => number) {
    this.#longestMs = longestMs;
    this.#now = now;
  }

  keep(frame: AudioFrame): void {
    this.#kept.push({ frame, atMs: this.#now() });
    this.#keptMs += durationMs(frame);
    for (let first = this.#kept[0]; first; first = this.#kept[0]) {
      if (this.#keptMs - durationMs(first.frame) < this.#longestMs) return;
      this.#keptMs -= durationMs(first.frame);
      this.#kept.shift();
    }
  }

  /** The frames of the last `ms`, and forgets all. What came before a gap in the sound is not given. */
  take(ms: number): AudioFrame[] {
    const freshFrom = this.#now() - ms;
    const fresh = this.#kept.filter(({ atMs }) => atMs >= freshFrom).map(({ frame }) => frame);
    this.clear();
    return fresh;
  }

  clear(): void {
    this.#kept = [];
    this.#keptMs = 0;
  }
}

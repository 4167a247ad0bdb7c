import type { AudioFrame } from '@livekit/rtc-node';
import { durationMs } from '../providers/input-frame.ts';

/** How much sound there was, in whole ms. */
export interface Metered {
  readonly capturedMs: number;
  readonly sentMs: number;
  /** Of what was sent: pure silence. */
  readonly silentMs: number;
}

/** Counts what comes from a microphone and what of it is sent on. */
export class Meter {
  #capturedMs = 0;
  #sentMs = 0;
  #silentMs = 0;

  count(captured: AudioFrame, sent: readonly AudioFrame[]): void {
    this.#capturedMs += durationMs(captured);
    for (const frame of sent) {
      this.#sentMs += durationMs(frame);
      if (frame.data.every((sample) => sample === 0)) this.#silentMs += durationMs(frame);
    }
  }

  /** What was counted since the last time; undefined if nothing was. Parts of a ms stay for the next time. */
  take(): Metered | undefined {
    const taken = {
      capturedMs: Math.floor(this.#capturedMs),
      sentMs: Math.floor(this.#sentMs),
      silentMs: Math.floor(this.#silentMs),
    };
    if (taken.capturedMs === 0) return undefined;
    this.#capturedMs -= taken.capturedMs;
    this.#sentMs -= taken.sentMs;
    this.#silentMs -= taken.silentMs;
    return taken;
  }
}

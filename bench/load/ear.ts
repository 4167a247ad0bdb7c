import { setTimeout as delay } from 'node:timers/promises';
import { AudioStream, RoomEvent, TrackKind, type Room } from '@livekit/rtc-node';

const rateHz = 16_000;
/** A sample of speech is louder; what a codec makes of silence is softer. */
const loud = 300;
const lookEveryMs = 10;

/** What a caller hears of the assistant: when there was sound last. */
export class Ear {
  #soundedAtMs = -Infinity;

  constructor(room: Room) {
    room.on(RoomEvent.TrackSubscribed, (track) => {
      if (track.kind === TrackKind.KIND_AUDIO) void this.#listen(new AudioStream(track, rateHz, 1));
    });
  }

  /** Resolves with the ms from `sinceMs` to the first sound after it; undefined if there is none within `limitMs`. */
  async firstSound(sinceMs: number, limitMs: number): Promise<number | undefined> {
    while (performance.now() - sinceMs < limitMs) {
      if (this.#soundedAtMs > sinceMs) return this.#soundedAtMs - sinceMs;
      await delay(lookEveryMs);
    }
    return undefined;
  }

  async untilQuiet(forMs: number, limitMs: number): Promise<void> {
    const deadlineMs = performance.now() + limitMs;
    while (performance.now() - this.#soundedAtMs < forMs && performance.now() < deadlineMs) {
      await delay(lookEveryMs);
    }
  }

  async #listen(stream: AudioStream): Promise<void> {
    for await (const { data } of stream) {
      if (data.some((sample) => Math.abs(sample) > loud)) this.#soundedAtMs = performance.now();
    }
  }
}

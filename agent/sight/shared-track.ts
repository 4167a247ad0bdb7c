import { setTimeout as delay } from 'node:timers/promises';
import {
  RoomEvent,
  TrackKind,
  TrackSource,
  VideoStream,
  type RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  type Room,
} from '@livekit/rtc-node';
import type { Picture } from '../providers/eyes.ts';
import type { Seen } from './encoding.ts';

const sources: ReadonlyMap<TrackSource | undefined, Picture['source']> = new Map([
  [TrackSource.SOURCE_SCREENSHARE, 'screen'],
  [TrackSource.SOURCE_CAMERA, 'camera'],
]);

/** How often it is looked whether the first frame has come, in ms. */
const lookEveryMs = 40;

interface Reading {
  readonly sid: string | undefined;
  readonly stop: () => void;
}

/** The video that one participant shares, of which the newest frame is held and nothing else. */
export class SharedTrack {
  readonly #room: Room;
  readonly #identity: string;
  readonly #onGone: () => void;
  #wanted = false;
  #reading: Reading | undefined;
  #newest: Seen | undefined;

  /** `onGone`: nothing is shared any more. */
  constructor(room: Room, identity: string, onGone: () => void) {
    this.#room = room;
    this.#identity = identity;
    this.#onGone = onGone;
  }

  /** What is to be seen now; undefined where nothing is shared, or wanted. */
  get newest(): Seen | undefined {
    return this.#newest;
  }

  /** Returns the release. */
  follow(): () => void {
    this.#room
      .on(RoomEvent.TrackPublished, this.#published)
      .on(RoomEvent.TrackSubscribed, this.#subscribed)
      .on(RoomEvent.TrackUnsubscribed, this.#unsubscribed);
    return () => {
      this.#room
        .off(RoomEvent.TrackPublished, this.#published)
        .off(RoomEvent.TrackSubscribed, this.#subscribed)
        .off(RoomEvent.TrackUnsubscribed, this.#unsubscribed);
      this.want(false);
    };
  }

  /** Nothing is fetched from the media server that nobody looks at. */
  want(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    for (const publication of this.#publications) publication.setSubscribed(wanted);
    if (!wanted) this.#leave();
  }

  /** Resolves when what is shared can be seen, or nothing is, or after this time, in ms. */
  async arrived(withinMs: number): Promise<void> {
    const until = Date.now() + withinMs;
    while (!this.#newest && this.#isComing && Date.now() < until) await delay(lookEveryMs);
  }

  get #isComing(): boolean {
    return this.#wanted && this.#publications.length > 0;
  }

  get #publications(): RemoteTrackPublication[] {
    const participant = this.#room.remoteParticipants.get(this.#identity);
    return [...(participant?.trackPublications.values() ?? [])].filter(isShared);
  }

  readonly #published = (
    publication: RemoteTrackPublication,
    { identity }: RemoteParticipant,
  ): void => {
    if (this.#wanted && identity === this.#identity && isShared(publication)) {
      publication.setSubscribed(true);
    }
  };

  readonly #subscribed = (
    track: RemoteTrack,
    publication: RemoteTrackPublication,
    { identity }: RemoteParticipant,
  ): void => {
    const source = sources.get(publication.source);
    if (!this.#wanted || identity !== this.#identity || !source || !isShared(publication)) return;
    this.#leave();
    const reader = new VideoStream(track).getReader();
    const reading = { sid: publication.sid, stop: () => void reader.cancel() };
    this.#reading = reading;
    const read = async (): Promise<void> => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done || this.#reading !== reading) return;
        this.#newest = { frame: value.frame, rotation: value.rotation, source };
      }
    };
    // However it ends, that the track is gone is told by the room.
    read().catch(() => undefined);
  };

  readonly #unsubscribed = (_track: RemoteTrack, { sid }: RemoteTrackPublication): void => {
    if (this.#reading?.sid !== sid) return;
    this.#leave();
    this.#onGone();
  };

  #leave(): void {
    this.#reading?.stop();
    this.#reading = undefined;
    this.#newest = undefined;
  }
}

function isShared({ kind, source }: RemoteTrackPublication): boolean {
  return kind === TrackKind.KIND_VIDEO && sources.has(source);
}

import { RoomEvent, Track, type Room } from 'livekit-client';
import { sharingWords } from '../words/sharing.ts';
import { told } from '../words/told.ts';
import { stopAll } from './capture.ts';
import type { Onlooker, ShareObstacle, ShareSource, Sharing, SharingHost } from './sharing.ts';

/** Enough for a sharp picture a few times a second. In bit/s. */
const maxBitrate = 800_000;
const maxFramerate = 5;

const none: Sharing = { kind: 'none' };

/** Why it came to an end, where the person has not ended it here. */
type Ending = 'browser' | 'connection' | 'unseen';

/** The video that the person shares in a call: one at a time, from the choice of what to share until it is stopped. */
export class SharedVideo {
  readonly #host: SharingHost;
  /** Counts what was begun and ended, so that what comes late is known for late. */
  #turn = 0;
  #release: () => void = () => undefined;
  #live = false;
  #onlooker: Onlooker | undefined;

  constructor(host: SharingHost) {
    this.#host = host;
  }

  /** Goes on with what the browser is asking the person for. Never rejects. */
  async begin(source: ShareSource, captured: Promise<MediaStream>): Promise<void> {
    this.stop();
    const turn = this.#turn;
    this.#host.changed({ kind: 'asking', source });
    const failed = (why: ShareObstacle): void => {
      if (turn === this.#turn) this.#host.changed({ kind: 'failed', source, why });
    };
    let stream: MediaStream;
    try {
      stream = await captured;
    } catch (error) {
      failed(obstacleOf(error));
      return;
    }
    const [track] = stream.getVideoTracks();
    const room = this.#host.room();
    if (turn !== this.#turn || !room || !track) {
      stopAll(stream);
      failed('unsent');
      return;
    }
    this.#release = () => stopAll(stream);
    try {
      const published = await publish(room, track, source);
      if (turn !== this.#turn) {
        published();
        return;
      }
      this.#live = true;
      this.#release = this.#watch(room, track, published);
      this.#host.changed({ kind: 'live', source, stream });
      this.#note('begun', sharingWords.begun[source]);
    } catch {
      stopAll(stream);
      failed('unsent');
    }
  }

  /** By the person's own wish; also takes away why it could not be begun. */
  stop(): void {
    const wasLive = this.#live;
    this.#end();
    if (wasLive) this.#note('ended', sharingWords.ended);
  }

  /** Something answers now that may be something else than before. */
  answeredBy(onlooker: Onlooker): void {
    const before = this.#onlooker;
    this.#onlooker = onlooker;
    if (!this.#live) return;
    if (!onlooker.sees) this.#endedBy('unseen');
    else if (before && before.name !== onlooker.name) {
      this.#note('seen', sharingWords.seesNow(told(onlooker.name)));
    }
  }

  #watch(room: Room, track: MediaStreamTrack, unpublish: () => void): () => void {
    const stopped = (): void => this.#endedBy('browser');
    const left = (): void => this.#endedBy('connection');
    // The browser has a button of its own that stops it.
    track.addEventListener('ended', stopped);
    room.on(RoomEvent.Disconnected, left);
    return () => {
      track.removeEventListener('ended', stopped);
      room.off(RoomEvent.Disconnected, left);
      unpublish();
    };
  }

  #endedBy(ending: Ending): void {
    this.#end();
    if (!this.#host.inCall()) return;
    const { endedBy, cannotSee } = sharingWords;
    const text =
      ending === 'unseen' ? cannotSee(told(this.#onlooker?.name ?? '')) : endedBy[ending];
    this.#note('ended', text);
  }

  #end(): void {
    this.#turn += 1;
    this.#live = false;
    this.#release();
    this.#release = () => undefined;
    this.#host.changed(none);
  }

  #note(what: string, text: string): void {
    const nowMs = Date.now();
    this.#host.note(`sharing-${what}-${nowMs}`, text, nowMs);
  }
}

/** Resolves with what stops the track and takes it away from the room. */
async function publish(
  room: Room,
  track: MediaStreamTrack,
  source: ShareSource,
): Promise<() => void> {
  const { localParticipant } = room;
  await localParticipant.publishTrack(track, {
    source: source === 'screen' ? Track.Source.ScreenShare : Track.Source.Camera,
    // There is one who looks, and from time to time.
    simulcast: false,
    videoCodec: 'vp8',
    videoEncoding: { maxBitrate, maxFramerate },
    screenShareEncoding: { maxBitrate, maxFramerate },
    degradationPreference: 'maintain-resolution',
  });
  return () => {
    track.stop();
    // A room that is gone has nothing to be taken from.
    localParticipant.unpublishTrack(track, true).catch(() => undefined);
  };
}

/** In the words of https://www.w3.org/TR/screen-capture/ and https://www.w3.org/TR/mediacapture-streams/. */
function obstacleOf(error: unknown): ShareObstacle {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError' || name === 'InvalidStateError') {
    return 'refused';
  }
  return name === 'NotFoundError' ? 'missing' : 'busy';
}

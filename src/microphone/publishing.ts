import {
  ConnectionState,
  Track,
  type LocalAudioTrack,
  type LocalTrack,
  type Room,
} from 'livekit-client';
import { plainDetail } from '#protocol/detail.ts';
import type { Problem } from '../conversation/state.ts';

/** The microphone as the others in a room hear it. */
export class PublishedMicrophone {
  readonly #room: Room;
  readonly #report: (problem: Problem) => void;
  #published: LocalAudioTrack | undefined;

  constructor(room: Room, report: (problem: Problem) => void) {
    this.#room = room;
    this.#report = report;
  }

  /** Sends a track to the room, once the room is joined. */
  async publish(track: LocalAudioTrack): Promise<void> {
    if (this.#published === track || this.#room.state !== ConnectionState.Connected) return;
    this.#published = track;
    try {
      await this.#room.localParticipant.publishTrack(sendable(track), {
        source: Track.Source.Microphone,
      });
    } catch (error) {
      this.#published = undefined;
      this.#report({ code: 'microphone_unpublished', detail: plainDetail(error) });
    }
  }

  async unpublish(track: LocalAudioTrack): Promise<void> {
    if (this.#published !== track) return;
    this.#published = undefined;
    await this.#room.localParticipant.unpublishTrack(sendable(track)).catch(() => undefined);
  }
}

/** LiveKit's own types disagree about a processor that may be undefined under exactOptionalPropertyTypes. */
function sendable(track: LocalAudioTrack): LocalTrack {
  return track as unknown as LocalTrack;
}

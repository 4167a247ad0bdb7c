import {
  RoomEvent,
  Track,
  type RemoteParticipant,
  type RemoteTrack,
  type Room,
} from 'livekit-client';
import type { Playback } from './playback.ts';

/** Plays every audio track of a room for as long as it is subscribed. Returns the release. */
export function playRemoteAudio(room: Room, playback: Playback): () => void {
  const playing = new Map<RemoteTrack, () => void>();

  const stop = (track: RemoteTrack) => {
    playing.get(track)?.();
    playing.delete(track);
  };
  const start = (track: RemoteTrack, _: unknown, participant: RemoteParticipant) => {
    if (track.kind !== Track.Kind.Audio) return;
    stop(track);
    const from = participant.isAgent ? 'assistant' : 'other';
    playing.set(track, playback.play(track.mediaStreamTrack, from));
  };
  room.on(RoomEvent.TrackSubscribed, start).on(RoomEvent.TrackUnsubscribed, stop);
  return () => {
    room.off(RoomEvent.TrackSubscribed, start).off(RoomEvent.TrackUnsubscribed, stop);
    for (const track of [...playing.keys()]) stop(track);
  };
}

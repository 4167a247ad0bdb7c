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
    playing.set(track, playback.play(track.mediaStreamTrack, from, arrivalOf(track)));
  };
  room.on(RoomEvent.TrackSubscribed, start).on(RoomEvent.TrackUnsubscribed, stop);
  return () => {
    room.off(RoomEvent.TrackSubscribed, start).off(RoomEvent.TrackUnsubscribed, stop);
    for (const track of [...playing.keys()]) stop(track);
  };
}

/** Softer than this (0 to 1, as WebRTC tells it) may be silence that was coded. */
const audibleFrom = 0.01;

/** Tells whether sound has come in since it was asked last. */
function arrivalOf({ receiver }: RemoteTrack): () => boolean {
  let before: number | undefined;
  return () => {
    const newest = receiver?.getSynchronizationSources()[0];
    const isNew = newest !== undefined && newest.rtpTimestamp !== before;
    before = newest?.rtpTimestamp;
    return isNew && (newest.audioLevel ?? 0) >= audibleFrom;
  };
}

import {
  RoomEvent,
  TrackSource,
  type RemoteParticipant,
  type RemoteTrackPublication,
  type Room,
  type TrackPublication,
  type Participant,
} from '@livekit/rtc-node';
import type { Voice } from '../voice/voice.ts';

/** What was said last may still be on its way when the microphone is gone, for this long in ms. */
const tailMs = 300;

interface LostMicrophoneOptions {
  readonly room: Room;
  readonly identity: string;
  readonly voice: () => Voice;
}

/**
 * Ends the utterance of a person whose microphone goes away, or is muted, in mid-word. No sound would tell that it is
 * over, and the framework (agents 1.9.0, `userSilenceEvent`) gives no reply, not to a typed message either, before the
 * person is silent. Returns the release.
 */
export function endWordsWithMicrophone({
  room,
  identity,
  voice,
}: LostMicrophoneOptions): () => void {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const end = (publication: TrackPublication, participant: Participant): void => {
    if (participant.identity !== identity) return;
    if (publication.source !== TrackSource.SOURCE_MICROPHONE) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      // What another microphone hears by now ends the words by itself, or goes on with them.
      if (hasMicrophone(participant)) return;
      const speaker = voice();
      if (speaker.kind === 'pipeline') speaker.endUtterance();
    }, tailMs);
    timers.add(timer);
  };
  const unpublished = (publication: RemoteTrackPublication, participant: RemoteParticipant) =>
    end(publication, participant);
  room.on(RoomEvent.TrackUnpublished, unpublished).on(RoomEvent.TrackMuted, end);
  return () => {
    room.off(RoomEvent.TrackUnpublished, unpublished).off(RoomEvent.TrackMuted, end);
    for (const timer of timers) clearTimeout(timer);
  };
}

function hasMicrophone({ trackPublications }: Participant): boolean {
  return [...trackPublications.values()].some(
    ({ source, muted }) => source === TrackSource.SOURCE_MICROPHONE && !muted,
  );
}

import {
  RoomEvent,
  TrackSource,
  type Participant,
  type Room,
  type TrackPublication,
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
  let tail: ReturnType<typeof setTimeout> | undefined;
  const end = (publication: TrackPublication, participant: Participant): void => {
    if (participant.identity !== identity) return;
    if (publication.source !== TrackSource.SOURCE_MICROPHONE) return;
    clearTimeout(tail);
    tail = setTimeout(() => {
      // What another microphone hears by now ends the words by itself, or goes on with them.
      if (hasMicrophone(participant)) return;
      const speaker = voice();
      if (speaker.kind === 'pipeline') speaker.endUtterance();
    }, tailMs);
  };
  room.on(RoomEvent.TrackUnpublished, end).on(RoomEvent.TrackMuted, end);
  return () => {
    room.off(RoomEvent.TrackUnpublished, end).off(RoomEvent.TrackMuted, end);
    clearTimeout(tail);
  };
}

function hasMicrophone({ trackPublications }: Participant): boolean {
  return [...trackPublications.values()].some(
    ({ source, muted }) => source === TrackSource.SOURCE_MICROPHONE && !muted,
  );
}

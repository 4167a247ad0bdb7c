import type { Room } from 'livekit-client';
import { encode } from '#protocol/codec.ts';
import { vadTopic } from '#protocol/topics.ts';
import { vadMessage, type VadMessage } from '#protocol/vad.ts';

/**
 * Tells one assistant what this page hears at the microphone. Never fails: news that cannot be sent is soon said again, and
 * an assistant without it listens for itself.
 */
export function tellHearing(room: Room, identity: string, message: VadMessage): void {
  const payload = new TextEncoder().encode(encode(vadMessage, message));
  room.localParticipant
    .publishData(payload, {
      reliable: true,
      topic: vadTopic,
      destinationIdentities: [identity],
    })
    .catch(() => undefined);
}

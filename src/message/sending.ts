import { ConnectionState, type Room } from 'livekit-client';
import { chatTopic, maxMessageLength } from '#protocol/topics.ts';

/** Why this text cannot be sent now, in a sentence for whoever wants the cause. */
export function obstacleToSending(
  room: Room,
  agentIdentity: string | undefined,
  text: string,
): string | undefined {
  if (text.trim() === '') return 'The message is empty.';
  if (text.length > maxMessageLength) return `It is longer than ${maxMessageLength} characters.`;
  if (room.state !== ConnectionState.Connected) return 'The connection is interrupted.';
  return agentIdentity === undefined ? 'No assistant is in the room.' : undefined;
}

/** Sends typed text to the assistant alone. Resolves with the stream's id and its time in ms since the epoch. */
export async function sendTyped(
  room: Room,
  agentIdentity: string,
  text: string,
): Promise<{ id: string; atMs: number }> {
  const { id, timestamp } = await room.localParticipant.sendText(text, {
    topic: chatTopic,
    destinationIdentities: [agentIdentity],
  });
  return { id, atMs: timestamp };
}

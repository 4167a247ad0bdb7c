import { log } from '@livekit/agents';
import { RoomServiceClient } from 'livekit-server-sdk';
import { isAssistant } from '#protocol/presence.ts';
import type { AgentEnvironment } from '../environment.ts';

/** A room as it was when the job was called; a later one of the same name has another `sid`. */
interface CalledRoom {
  readonly name: string;
  readonly sid: string;
}

/**
 * Whether the room that a job was called into is still there, and no assistant in it. A process may take so long to load
 * that the person has left; to join a room that has closed would make it anew, and LiveKit would call another job into
 * that one, and so on without end. True where LiveKit cannot be asked.
 */
export async function isStillWanted(
  { url, apiKey, apiSecret }: AgentEnvironment['livekit'],
  called: CalledRoom | undefined,
): Promise<boolean> {
  if (!called) return true;
  const rooms = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret);
  try {
    const [there, participants] = await Promise.all([
      rooms.listRooms([called.name]),
      rooms.listParticipants(called.name),
    ]);
    return there.some(({ sid }) => sid === called.sid) && !participants.some(isAssistant);
  } catch (error) {
    log().warn({ error }, 'it is not known whether the room is still there');
    return true;
  }
}

import { ParticipantInfo_Kind } from '@livekit/protocol';
import type { FastifyInstance } from 'fastify';
import type { RoomServiceClient } from 'livekit-server-sdk';
import type { RoomResponse } from '#protocol/token.ts';
import type { Environment } from '../environment.ts';
import { failureOfLivekit } from './failure.ts';
import { belongsTo } from './request-log.ts';
import { RoomBearers, tokenExpired } from './room-bearer.ts';

/** LiveKit lets these in however full a room is, and does not count them. */
const uncounted: readonly number[] = [ParticipantInfo_Kind.AGENT, ParticipantInfo_Kind.EGRESS];

/**
 * `GET /api/room`: whether the room of the bearer's token is full. LiveKit 1.11 refuses whoever finds no place with HTTP 500
 * and no reason, and lets only those look who administer its rooms.
 */
export function addRoomRoute(
  app: FastifyInstance,
  { http, livekit }: Environment,
  rooms: RoomServiceClient,
): void {
  const bearers = new RoomBearers(livekit);
  app.get('/api/room', {
    config: { rateLimit: { max: http.requestsPerMinute, timeWindow: '1 minute' } },
    handler: async (request, reply): Promise<RoomResponse> => {
      const { room, conversation, expired } = await bearers.read(request);
      if (expired) throw tokenExpired();
      belongsTo(conversation, request, reply);
      reply.header('Cache-Control', 'no-store');
      try {
        return { full: await isFull(room, rooms) };
      } catch (error) {
        throw failureOfLivekit(error);
      }
    },
  });
}

async function isFull(name: string, rooms: RoomServiceClient): Promise<boolean> {
  const [room] = await rooms.listRooms([name]);
  if (!room || room.maxParticipants === 0) return false;
  const participants = await rooms.listParticipants(name);
  const counted = participants.filter(({ kind }) => !uncounted.includes(kind));
  return counted.length >= room.maxParticipants;
}

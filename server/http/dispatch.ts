import type { FastifyInstance } from 'fastify';
import type { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import { ageOf, isAgent } from '#protocol/presence.ts';
import type { DispatchResponse } from '#protocol/token.ts';
import type { Environment } from '../environment.ts';
import { ApiFailure, failureOfLivekit } from './failure.ts';
import { belongsTo } from './request-log.ts';
import { RoomBearers, tokenExpired, type RoomBearer } from './room-bearer.ts';

interface LivekitClients {
  readonly rooms: RoomServiceClient;
  readonly dispatches: AgentDispatchClient;
}

/** How long an agent that has been sent for may take to arrive before it counts as lost. */
const arrivalMs = 8000;

/** `POST /api/dispatch`: asks for an agent in the room of the bearer's token. Asking twice brings one agent. */
export function addDispatchRoute(
  app: FastifyInstance,
  { http, livekit }: Environment,
  clients: LivekitClients,
): void {
  const bearers = new RoomBearers(livekit);
  const running = new Map<string, Promise<boolean>>();

  app.post('/api/dispatch', {
    config: { rateLimit: { max: http.requestsPerMinute, timeWindow: '1 minute' } },
    bodyLimit: 1024,
    handler: async (request, reply): Promise<DispatchResponse> => {
      const bearer = await bearers.read(request);
      belongsTo(bearer.conversation, request, reply);
      // One at a time for each room: the second finds what the first has sent for.
      const before = running.get(bearer.room) ?? Promise.resolve(false);
      const turn = before
        .catch(() => false)
        .then(() => dispatchOnce(clients, bearer, livekit.agentName));
      running.set(bearer.room, turn);
      try {
        reply.header('Cache-Control', 'no-store');
        const dispatched = await turn;
        if (dispatched) request.log.info('an agent was sent for');
        return { dispatched };
      } catch (error) {
        throw failureOfLivekit(error);
      } finally {
        if (running.get(bearer.room) === turn) running.delete(bearer.room);
      }
    },
  });
}

/** True if an agent was sent for; false if one is there or on its way. */
async function dispatchOnce(
  { rooms, dispatches }: LivekitClients,
  { room, identity, expired }: RoomBearer,
  agentName: string,
): Promise<boolean> {
  const participants = await rooms.listParticipants(room);
  if (!participants.some((participant) => participant.identity === identity)) {
    if (expired) throw tokenExpired();
    // To ask LiveKit for an agent in a room that is not there would make the room.
    throw new ApiFailure(409, 'not_in_room', 'Join the room first, then ask for an assistant.');
  }
  if (participants.some(isAgent)) return false;
  // LiveKit itself sends for the agent when the room is made, and does not say when nobody answers.
  const sent = await dispatches.listDispatch(room);
  const onItsWay = sent.some(
    (dispatch) => dispatch.agentName === agentName && ageOf(dispatch) < arrivalMs,
  );
  if (onItsWay) return false;
  // An empty name reaches the workers that come to every room by themselves.
  await dispatches.createDispatch(room, agentName);
  return true;
}

import { ParticipantInfo_Kind } from '@livekit/protocol';
import type { FastifyInstance } from 'fastify';
import {
  ServerError,
  TokenVerifier,
  type AgentDispatchClient,
  type RoomServiceClient,
} from 'livekit-server-sdk';
import { conversationAttribute, type DispatchResponse } from '#protocol/token.ts';
import type { Environment } from '../environment.ts';
import { ApiFailure, livekitUnreachable } from './failure.ts';
import { belongsTo } from './request-log.ts';
import { bearerOf } from './shared-secret.ts';

interface LivekitClients {
  readonly rooms: RoomServiceClient;
  readonly dispatches: AgentDispatchClient;
}

interface Bearer {
  readonly room: string;
  readonly identity: string;
  readonly conversation: string | undefined;
  readonly expired: boolean;
}

/** The SDK brings a copy of the protocol of its own and exports no name for this. */
const agentKind: number = ParticipantInfo_Kind.AGENT;

/** How long an agent that has been sent for may take to arrive before it counts as lost. */
const arrivalMs = 8000;

/**
 * A token lives for minutes, a conversation for hours, and who has joined keeps the old token in hand. So an old one
 * still counts here for this long, in seconds, from whoever is in its room at this moment.
 */
const graceSeconds = 12 * 60 * 60;

/** `POST /api/dispatch`: asks for an agent in the room of the bearer's token. Asking twice brings one agent. */
export function addDispatchRoute(
  app: FastifyInstance,
  { http, livekit }: Environment,
  clients: LivekitClients,
): void {
  const verifier = new TokenVerifier(livekit.apiKey, livekit.apiSecret);
  const running = new Map<string, Promise<boolean>>();

  app.post('/api/dispatch', {
    config: { rateLimit: { max: http.requestsPerMinute, timeWindow: '1 minute' } },
    bodyLimit: 1024,
    handler: async (request, reply): Promise<DispatchResponse> => {
      const bearer = await readBearer(verifier, bearerOf(request));
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
        throw error instanceof ApiFailure ? error : toFailure(error);
      } finally {
        if (running.get(bearer.room) === turn) running.delete(bearer.room);
      }
    },
  });
}

async function readBearer(verifier: TokenVerifier, token: string | undefined): Promise<Bearer> {
  if (token === undefined) {
    throw new ApiFailure(401, 'unauthorized', 'Send the room token as "Authorization: Bearer …".');
  }
  const claims = await verifier.verify(token, graceSeconds).catch((error: unknown) => {
    const expired = (error as { code?: unknown }).code === 'ERR_JWT_EXPIRED';
    throw expired ? tokenExpired() : tokenInvalid();
  });
  const { video, sub, exp, attributes } = claims;
  if (!video?.roomJoin || !video.room || !sub || exp === undefined) throw tokenInvalid();
  return {
    room: video.room,
    identity: sub,
    conversation: attributes?.[conversationAttribute],
    expired: exp * 1000 <= Date.now(),
  };
}

function tokenExpired(): ApiFailure {
  return new ApiFailure(401, 'token_expired', 'This token has expired. Make a new one and join.');
}

function tokenInvalid(): ApiFailure {
  return new ApiFailure(
    401,
    'token_invalid',
    'This is not a token for a room of this server, or it was made with other keys.',
  );
}

/** True if an agent was sent for; false if one is there or on its way. */
async function dispatchOnce(
  { rooms, dispatches }: LivekitClients,
  { room, identity, expired }: Bearer,
  agentName: string,
): Promise<boolean> {
  const participants = await rooms.listParticipants(room);
  if (!participants.some((participant) => participant.identity === identity)) {
    if (expired) throw tokenExpired();
    // To ask LiveKit for an agent in a room that is not there would make the room.
    throw new ApiFailure(409, 'not_in_room', 'Join the room first, then ask for an assistant.');
  }
  if (participants.some(({ kind }) => agentKind === (kind as number))) return false;
  // LiveKit itself sends for the agent when the room is made, and does not say when nobody answers.
  const sent = await dispatches.listDispatch(room);
  const onItsWay = sent.some(
    (dispatch) =>
      dispatch.agentName === agentName &&
      Date.now() - Number((dispatch.state?.createdAt ?? 0n) / 1_000_000n) < arrivalMs,
  );
  if (onItsWay) return false;
  // An empty name reaches the workers that come to every room by themselves.
  await dispatches.createDispatch(room, agentName);
  return true;
}

function toFailure(error: unknown): ApiFailure {
  if (error instanceof ServerError && [401, 403].includes(error.status)) {
    return new ApiFailure(
      502,
      'livekit_refused',
      'The LiveKit server refuses the API key of this server.',
    );
  }
  return livekitUnreachable();
}

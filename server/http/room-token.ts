import { randomBytes } from 'node:crypto';
import { AccessToken, RoomConfiguration, TrackSource } from 'livekit-server-sdk';
import { z } from 'zod';
import type { TokenRequest } from '#protocol/token.ts';
import type { Environment } from '../environment.ts';
import { ApiFailure } from './failure.ts';

/** How long a token may wait before it is used to join. LiveKit renews it for those who are in the room. */
const tokenLifetimeSeconds = 10 * 60;

/** `room_config` is LiveKit's own message as JSON, so both spellings of its names may come. */
const requestedAgents = z
  .array(
    z.object({
      agent_name: z.string().max(128).optional(),
      agentName: z.string().max(128).optional(),
      metadata: z.string().max(4096).optional(),
    }),
  )
  .max(10);

/** A signed token that lets one person into one room, to speak, show, listen and send data there, and nothing else. */
export async function mintRoomToken(
  wish: TokenRequest,
  { apiKey, apiSecret, agentName }: Environment['livekit'],
): Promise<string> {
  const token = new AccessToken(apiKey, apiSecret, {
    identity: wish.participant_identity ?? `person-${randomName()}`,
    ttl: tokenLifetimeSeconds,
    ...(wish.participant_name === undefined ? {} : { name: wish.participant_name }),
    ...(wish.participant_metadata === undefined ? {} : { metadata: wish.participant_metadata }),
    ...(wish.participant_attributes === undefined
      ? {}
      : { attributes: wish.participant_attributes }),
  });
  token.addGrant({
    roomJoin: true,
    room: wish.room_name ?? `parley-${randomName()}`,
    canPublish: true,
    canPublishSources: [TrackSource.MICROPHONE, TrackSource.CAMERA, TrackSource.SCREEN_SHARE],
    canSubscribe: true,
    canPublishData: true,
    canUpdateOwnMetadata: false,
  });
  const agentMetadata = readRequestedAgent(wish.room_config, agentName);
  if (agentName !== '') {
    // LiveKit acts on this when the room is made; for a room that stands already there is POST /api/dispatch.
    token.roomConfig = configurationWith(agentName, agentMetadata);
  }
  return token.toJwt();
}

/**
 * The SDK writes every field of the message into the token, those too that a LiveKit server may be too old to know; and a
 * server refuses a token with a field that it does not know. So only what is set goes in.
 */
function configurationWith(agentName: string, metadata: string): RoomConfiguration {
  const configuration = new RoomConfiguration({ agents: [{ agentName, metadata }] });
  return Object.assign(configuration, { toJSON: () => ({ agents: [{ agentName, metadata }] }) });
}

/** Metadata that the request has for our agent. Of a room's configuration nothing else is the person's to choose. */
function readRequestedAgent(roomConfig: TokenRequest['room_config'], agentName: string): string {
  const parsed = requestedAgents.safeParse(roomConfig?.agents ?? []);
  if (!parsed.success) {
    throw new ApiFailure(
      400,
      'bad_request',
      'room_config.agents must be a list of objects with agent_name and, where wanted, metadata.',
    );
  }
  const names = parsed.data.map((agent) => agent.agent_name ?? agent.agentName ?? '');
  if (names.some((name) => name !== agentName)) {
    throw new ApiFailure(
      400,
      'agent_unknown',
      agentName === ''
        ? 'The agent of this server has no name; leave room_config.agents out.'
        : `This server has one agent, named "${agentName}"; room_config.agents asks for another.`,
    );
  }
  return parsed.data[0]?.metadata ?? '';
}

/** 80 random bits: nobody guesses the room of somebody else. */
function randomName(): string {
  return randomBytes(10).toString('hex');
}

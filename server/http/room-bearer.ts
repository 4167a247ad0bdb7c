import type { FastifyRequest } from 'fastify';
import { TokenVerifier } from 'livekit-server-sdk';
import { conversationAttribute } from '#protocol/token.ts';
import type { Environment } from '../environment.ts';
import { ApiFailure } from './failure.ts';
import { bearerOf } from './shared-secret.ts';

/** Who holds a token for a room. */
export interface RoomBearer {
  readonly room: string;
  readonly identity: string;
  readonly conversation: string | undefined;
  readonly expired: boolean;
}

/**
 * A token lives for minutes, a conversation for hours, and who has joined keeps the old token in hand. So an old one
 * still counts here for this long, in seconds, from whoever is in its room at this moment.
 */
const graceSeconds = 12 * 60 * 60;

/** Reads the room token that a request brings as `Authorization: Bearer …`. */
export class RoomBearers {
  readonly #verifier: TokenVerifier;

  constructor({ apiKey, apiSecret }: Environment['livekit']) {
    this.#verifier = new TokenVerifier(apiKey, apiSecret);
  }

  /** Throws an `ApiFailure` for a token that is missing, of other keys, for no room, or older than the grace. */
  async read(request: FastifyRequest): Promise<RoomBearer> {
    const token = bearerOf(request);
    if (token === undefined) {
      throw new ApiFailure(
        401,
        'unauthorized',
        'Send the room token as "Authorization: Bearer …".',
      );
    }
    const claims = await this.#verifier.verify(token, graceSeconds).catch((error: unknown) => {
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
}

export function tokenExpired(): ApiFailure {
  return new ApiFailure(401, 'token_expired', 'This token has expired. Make a new one and join.');
}

function tokenInvalid(): ApiFailure {
  return new ApiFailure(
    401,
    'token_invalid',
    'This is not a token for a room of this server, or it was made with other keys.',
  );
}

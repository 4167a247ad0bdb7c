import type { FastifyInstance } from 'fastify';
import { reasonOf } from '#protocol/codec.ts';
import { conversationAttribute, tokenRequest, type TokenResponse } from '#protocol/token.ts';
import type { Environment } from '../environment.ts';
import { Admission } from './admission.ts';
import { ApiFailure } from './failure.ts';
import { belongsTo } from './request-log.ts';
import { mintRoomToken } from './room-token.ts';

/** `POST /api/token`, in the shape of LiveKit's standard token endpoint. */
export function addTokenRoute(app: FastifyInstance, { http, livekit }: Environment): void {
  const admission = new Admission(http);
  app.post('/api/token', {
    config: { rateLimit: { max: http.requestsPerMinute, timeWindow: '1 minute' } },
    bodyLimit: 32 * 1024,
    handler: async (request, reply): Promise<TokenResponse> => {
      const identity = await admission.admit(request);
      const parsed = tokenRequest.safeParse(request.body ?? {});
      if (!parsed.success) {
        const reason = reasonOf(parsed.error.issues, 'The body') ?? 'The body is not right';
        throw new ApiFailure(400, 'bad_request', `${reason}.`);
      }
      const wish = parsed.data;
      belongsTo(wish.participant_attributes?.[conversationAttribute], request, reply);
      if (identity !== undefined && (wish.participant_identity ?? identity) !== identity) {
        throw new ApiFailure(
          403,
          'identity_not_yours',
          'Who is signed in has an identity; leave participant_identity out.',
        );
      }
      const participantToken = await mintRoomToken(
        { ...wish, ...(identity !== undefined && { participant_identity: identity }) },
        livekit,
      );
      request.log.info('a token was given');
      reply.code(201).header('Cache-Control', 'no-store');
      return { server_url: livekit.publicUrl, participant_token: participantToken };
    },
  });
}

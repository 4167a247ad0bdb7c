import type { FastifyInstance } from 'fastify';
import { tokenRequest, type TokenResponse } from '#protocol/token.ts';
import type { Environment } from '../environment.ts';
import { ApiFailure } from './failure.ts';
import { mintRoomToken } from './room-token.ts';
import { requireSharedSecret } from './shared-secret.ts';

/** `POST /api/token`, in the shape of LiveKit's standard token endpoint. */
export function addTokenRoute(app: FastifyInstance, { http, livekit }: Environment): void {
  app.post('/api/token', {
    config: { rateLimit: { max: http.requestsPerMinute, timeWindow: '1 minute' } },
    bodyLimit: 32 * 1024,
    handler: async (request, reply): Promise<TokenResponse> => {
      if (http.tokenSecret !== undefined) requireSharedSecret(request, http.tokenSecret);
      const parsed = tokenRequest.safeParse(request.body ?? {});
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        const where = issue?.path.join('.') ?? '';
        throw new ApiFailure(400, 'bad_request', `${where || 'The body'}: ${issue?.message}.`);
      }
      const participantToken = await mintRoomToken(parsed.data, livekit);
      reply.code(201).header('Cache-Control', 'no-store');
      return { server_url: livekit.publicUrl, participant_token: participantToken };
    },
  });
}

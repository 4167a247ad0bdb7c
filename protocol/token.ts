import { z } from 'zod';

const name = z.string().trim().min(1).max(128);

/**
 * `POST /api/token`, in the shape of LiveKit's standard token endpoint, so that any LiveKit token source can use it.
 * Everything is optional. https://docs.livekit.io/frontends/authentication/tokens/endpoint/
 */
export const tokenRequest = z.object({
  room_name: name.optional(),
  participant_identity: name.optional(),
  participant_name: name.optional(),
  participant_metadata: z.string().max(4096).optional(),
  participant_attributes: z.record(z.string().max(64), z.string().max(512)).optional(),
  room_config: z.record(z.string(), z.unknown()).optional(),
});
export type TokenRequest = z.infer<typeof tokenRequest>;

export const tokenResponse = z.object({ server_url: z.string(), participant_token: z.string() });
export type TokenResponse = z.infer<typeof tokenResponse>;

/** `POST /api/dispatch`: asks for an assistant in the room of the token that is sent as the bearer. */
export const dispatchResponse = z.object({ dispatched: z.boolean() });
export type DispatchResponse = z.infer<typeof dispatchResponse>;

/** What every refused request of the server answers. */
export const apiError = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
export type ApiError = z.infer<typeof apiError>;

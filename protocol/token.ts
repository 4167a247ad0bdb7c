import * as z from 'zod/mini';

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(128));

/**
 * `POST /api/token`, in the shape of LiveKit's standard token endpoint, so that any LiveKit token source can use it.
 * Everything is optional. https://docs.livekit.io/frontends/authentication/tokens/endpoint/
 */
export const tokenRequest = z.object({
  room_name: z.optional(name),
  participant_identity: z.optional(name),
  participant_name: z.optional(name),
  participant_metadata: z.optional(z.string().check(z.maxLength(4096))),
  participant_attributes: z.optional(
    z.record(z.string().check(z.maxLength(64)), z.string().check(z.maxLength(512))),
  ),
  room_config: z.optional(z.record(z.string(), z.unknown())),
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

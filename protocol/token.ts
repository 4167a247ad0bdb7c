import * as z from 'zod/mini';

/** What turns a name around for whoever reads it, or cannot be written down at all. */
const unreadable = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const name = z.string().check(
  z.trim(),
  z.minLength(1),
  z.maxLength(128),
  z.refine((text) => !unreadable.test(text), 'It may hold no control characters'),
);

/** Names the conversation in every line of the logs about it; the page makes it up. */
export const conversationAttribute = 'parley.conversation';
export const conversationId = z.uuid();

const mostAttributes = 32;
const attributes = z
  .record(z.string().check(z.maxLength(64)), z.string().check(z.maxLength(512)))
  .check(
    z.refine(
      (all) => Object.keys(all).length <= mostAttributes,
      `At most ${mostAttributes} attributes`,
    ),
    // By these LiveKit and its agents tell one another what they are and for whom they speak.
    z.refine(
      (all) => !Object.keys(all).some((key) => key.startsWith('lk.')),
      'Names that begin with "lk." are kept for LiveKit',
    ),
    z.refine(
      ({ [conversationAttribute]: id }) => id === undefined || conversationId.safeParse(id).success,
      `${conversationAttribute} is not a UUID`,
    ),
  );

/**
 * `POST /api/token`, in the shape of LiveKit's standard token endpoint, so that any LiveKit token source can use it.
 * Everything is optional. https://docs.livekit.io/frontends/authentication/tokens/endpoint/
 */
export const tokenRequest = z.object({
  room_name: z.optional(name),
  participant_identity: z.optional(name),
  participant_name: z.optional(name),
  participant_metadata: z.optional(z.string().check(z.maxLength(4096))),
  participant_attributes: z.optional(attributes),
  room_config: z.optional(z.record(z.string(), z.unknown())),
});
export type TokenRequest = z.infer<typeof tokenRequest>;

export const tokenResponse = z.object({ server_url: z.string(), participant_token: z.string() });
export type TokenResponse = z.infer<typeof tokenResponse>;

/** `POST /api/dispatch`: asks for an assistant in the room of the token that is sent as the bearer. */
export const dispatchResponse = z.object({ dispatched: z.boolean() });
export type DispatchResponse = z.infer<typeof dispatchResponse>;

/** `GET /api/room`: whether the room of the token that is sent as the bearer has a place for nobody else. */
export const roomResponse = z.object({ full: z.boolean() });
export type RoomResponse = z.infer<typeof roomResponse>;

/** What every refused request of the server answers. */
export const apiError = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
export type ApiError = z.infer<typeof apiError>;

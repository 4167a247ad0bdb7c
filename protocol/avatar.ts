import * as z from 'zod/mini';
import type { MessageKind } from './codec.ts';

const sdp = z.string().check(z.minLength(1), z.maxLength(14_000));

/**
 * RPC `parley.avatar`, browser → agent, about the video of a provider that shows a face. First the page asks for the
 * servers by which it and the service find each other, then it exchanges descriptions (base64 SDP).
 */
const request = z.discriminatedUnion('want', [
  z.strictObject({ want: z.literal('servers') }),
  z.strictObject({ want: z.literal('video'), clientSdp: sdp }),
]);
export type AvatarRequest = z.infer<typeof request>;
export const avatarRequest: MessageKind<AvatarRequest> = { schema: request, maxBytes: 15 * 1024 };

const address = z.string().check(z.regex(/^(?:stuns?|turns?):/), z.maxLength(300));
const secret = z.optional(z.string().check(z.maxLength(1000)));
const iceServer = z.strictObject({
  urls: z.array(address).check(z.minLength(1), z.maxLength(8)),
  /** Of the service, for this video only. */
  username: secret,
  credential: secret,
});
export type IceServer = z.infer<typeof iceServer>;

const servers = z.strictObject({ iceServers: z.array(iceServer).check(z.maxLength(4)) });
const video = z.strictObject({ serverSdp: sdp });
const response = z.union([servers, video]);
export type AvatarResponse = z.infer<typeof response>;
export const avatarResponse: MessageKind<AvatarResponse> = {
  schema: response,
  maxBytes: 15 * 1024,
};
/** The same answers, each where it is expected. */
export const avatarServers: MessageKind<z.infer<typeof servers>> = {
  schema: servers,
  maxBytes: avatarResponse.maxBytes,
};
export const avatarVideo: MessageKind<z.infer<typeof video>> = {
  schema: video,
  maxBytes: avatarResponse.maxBytes,
};

import * as z from 'zod/mini';
import type { MessageKind } from './codec.ts';

const sdp = z.string().check(z.minLength(1), z.maxLength(14_000));

/** RPC `parley.avatar`, browser → agent: opens the video of a provider that shows a face. Both sides are base64 SDP. */
const request = z.strictObject({ clientSdp: sdp });
export type AvatarRequest = z.infer<typeof request>;
export const avatarRequest: MessageKind<AvatarRequest> = { schema: request, maxBytes: 15 * 1024 };

const response = z.strictObject({ serverSdp: sdp });
export type AvatarResponse = z.infer<typeof response>;
export const avatarResponse: MessageKind<AvatarResponse> = {
  schema: response,
  maxBytes: 15 * 1024,
};

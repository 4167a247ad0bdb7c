import * as z from 'zod/mini';
import type { MessageKind } from './codec.ts';

/** RPC `parley.approve`, agent → browser: may this tool of an outside server be run with these arguments? */
const request = z.strictObject({
  callId: z.string().check(z.minLength(1), z.maxLength(128)),
  server: z.string().check(z.maxLength(120)),
  tool: z.string().check(z.maxLength(120)),
  /** JSON of the arguments, cut to size. */
  input: z.string().check(z.maxLength(4000)),
});
export type ApprovalRequest = z.infer<typeof request>;
export const approvalRequest: MessageKind<ApprovalRequest> = { schema: request, maxBytes: 12_000 };

/** `conversation`: this tool need not be asked for again while the conversation lasts. */
const response = z.strictObject({ answer: z.enum(['once', 'conversation', 'no']) });
export type ApprovalResponse = z.infer<typeof response>;
export const approvalResponse: MessageKind<ApprovalResponse> = { schema: response, maxBytes: 256 };

/** How long a person may take to answer, in ms; no answer is a no. */
export const approvalTimeoutMs = 60_000;

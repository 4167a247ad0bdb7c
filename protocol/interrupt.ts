import * as z from 'zod/mini';
import type { MessageKind } from './codec.ts';

/** Why the person cut in; it is shown in the transcript and kept with the turn. */
const reason = z.enum(['button', 'escape', 'message', 'speech']);
export type InterruptReason = z.infer<typeof reason>;

/** RPC `parley.interrupt`, browser → agent. Idempotent: with nothing to cut it answers `interrupted: false`. */
const request = z.strictObject({
  reason,
  /** How much of the reply's sound the person has heard, in ms, when the page knows it. */
  heardMs: z.optional(z.number().check(z.nonnegative())),
});
export type InterruptRequest = z.infer<typeof request>;
export const interruptRequest: MessageKind<InterruptRequest> = { schema: request, maxBytes: 1024 };

const response = z.strictObject({ interrupted: z.boolean() });
export type InterruptResponse = z.infer<typeof response>;
export const interruptResponse: MessageKind<InterruptResponse> = {
  schema: response,
  maxBytes: 1024,
};

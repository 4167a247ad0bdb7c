import * as z from 'zod/mini';
import type { MessageKind } from './codec.ts';

/** A `start` may come so much later than the press, in ms, and its first words still be heard. */
export const mostHeldMs = 10_000;

/**
 * RPC `parley.turn`, browser → agent: push-to-talk. `start` also cuts a reply; `cancel` drops what was said. A `start`
 * that had to wait for an earlier request says how long it has been held already.
 */
const request = z.strictObject({
  action: z.enum(['start', 'commit', 'cancel']),
  heldMs: z.optional(z.int().check(z.nonnegative(), z.maximum(mostHeldMs))),
});
export type TurnRequest = z.infer<typeof request>;
export const turnRequest: MessageKind<TurnRequest> = { schema: request, maxBytes: 256 };

const response = z.strictObject({ accepted: z.boolean() });
export type TurnResponse = z.infer<typeof response>;
export const turnResponse: MessageKind<TurnResponse> = { schema: response, maxBytes: 256 };

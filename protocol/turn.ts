import * as z from 'zod/mini';
import type { MessageKind } from './codec.ts';

/** RPC `parley.turn`, browser → agent: push-to-talk. `start` also cuts a reply; `cancel` drops what was said. */
const request = z.strictObject({ action: z.enum(['start', 'commit', 'cancel']) });
export type TurnRequest = z.infer<typeof request>;
export const turnRequest: MessageKind<TurnRequest> = { schema: request, maxBytes: 256 };

const response = z.strictObject({ accepted: z.boolean() });
export type TurnResponse = z.infer<typeof response>;
export const turnResponse: MessageKind<TurnResponse> = { schema: response, maxBytes: 256 };

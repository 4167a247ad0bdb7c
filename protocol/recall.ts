import * as z from 'zod/mini';
import type { MessageKind } from './codec.ts';

/** An utterance may have this many characters; what is longer is cut off. */
export const longestRecalled = 2000;

const past = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('said'),
    by: z.enum(['user', 'assistant']),
    text: z.string().check(z.minLength(1), z.maxLength(longestRecalled)),
    /** Whether the rest of it was not heard. */
    cut: z.boolean(),
  }),
  /** A tool that was called, and did what it was called for. */
  z.strictObject({
    kind: z.literal('called'),
    name: z.string().check(z.regex(/^[\w-]{1,64}$/)),
    /** JSON of the arguments. */
    input: z.string().check(z.maxLength(2000)),
  }),
]);
export type Past = z.infer<typeof past>;

/** RPC `parley.recall`, browser → agent: the latest part of an old conversation, from the older to the newer. */
const request = z.strictObject({
  past: z.array(past).check(z.minLength(1), z.maxLength(400)),
});
export type RecallRequest = z.infer<typeof request>;
export const recallRequest: MessageKind<RecallRequest> = {
  schema: request,
  maxBytes: 14 * 1024,
};

/** `taken: false` where the agent knows of this conversation already. */
const response = z.strictObject({ taken: z.boolean() });
export type RecallResponse = z.infer<typeof response>;
export const recallResponse: MessageKind<RecallResponse> = { schema: response, maxBytes: 256 };

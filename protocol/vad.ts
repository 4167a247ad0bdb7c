import * as z from 'zod/mini';
import type { MessageKind } from './codec.ts';

/**
 * Data topic `parley.vad`, browser → agent, one JSON object a packet, reliable: when the person speaks, as the page
 * hears it at the microphone. `speaking` and `quiet` say again what `started` and `stopped` said, for an agent that
 * came later and as a sign of life.
 */
const message = z.strictObject({
  event: z.enum(['started', 'stopped', 'speaking', 'quiet']),
  /** Wall clock of the page in ms since the epoch; only compare it with other page times. Of `stopped`: the end of the speech. */
  atMs: z.number().check(z.nonnegative()),
  /** Of speech, as the detector judged the latest frame. */
  probability: z.number().check(z.minimum(0), z.maximum(1)),
});
export type VadMessage = z.infer<typeof message>;
export const vadMessage: MessageKind<VadMessage> = { schema: message, maxBytes: 256 };

/** A page that listens says so each second; after this long without a word from it, in ms, it counts as deaf. */
export const vadPatienceMs = 2500;

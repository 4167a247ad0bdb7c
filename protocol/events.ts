import * as z from 'zod/mini';
import type { MessageKind } from './codec.ts';
import { problemCode } from './problems.ts';
import { providerId } from './provider.ts';

const id = z.string().check(z.minLength(1), z.maxLength(128));
/** Wall clock of the agent in ms since the epoch. Only compare it with other agent times. */
const atMs = z.int().check(z.nonnegative());

/** What cut a reply: the person in one of the ways there are, or a timer that rang. */
const cutCause = z.enum(['button', 'escape', 'message', 'speech', 'timer']);
export type CutCause = z.infer<typeof cutCause>;

const count = z.int().check(z.nonnegative());
/** What one reply used, as the provider itself counts. Tokens; seconds where a provider counts time. */
const usage = z.object({
  inputTextTokens: count,
  inputAudioTokens: count,
  /** Pictures, and frames of video. Left out in what was recorded before there were any. */
  inputImageTokens: z.optional(count),
  inputCachedTokens: count,
  outputTextTokens: count,
  outputAudioTokens: count,
  inputAudioMs: count,
  outputAudioMs: count,
});
export type Usage = z.infer<typeof usage>;

/** Data topic `parley.event`, agent → browser, one JSON object a packet, reliable. */
const agentEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('user_speech'), phase: z.enum(['started', 'stopped']), atMs }),
  z.object({
    type: z.literal('tool_started'),
    callId: id,
    name: z.string().check(z.maxLength(64)),
    title: z.string().check(z.maxLength(80)),
    /** JSON of the arguments, cut to size. */
    input: z.string().check(z.maxLength(2000)),
    atMs,
  }),
  z.object({
    type: z.literal('tool_finished'),
    callId: id,
    outcome: z.enum(['done', 'failed', 'cancelled']),
    /** What the tool answered, for a person to read, cut to size. */
    output: z.string().check(z.maxLength(4000)),
    atMs,
  }),
  z.object({
    type: z.literal('interrupted'),
    /** `lk.segment_id` of the reply that was cut, where it is known. */
    segmentId: z.optional(id),
    by: cutCause,
    /**
     * The words that had been played, and those that had been generated and were dropped. Where the agent does not
     * know how far it came, `heard` is absent and `unheard` has the whole reply: what the page has shown was heard.
     */
    heard: z.optional(z.string().check(z.maxLength(4000))),
    unheard: z.string().check(z.maxLength(4000)),
    atMs,
  }),
  z.object({
    type: z.literal('timer_rang'),
    label: z.string().check(z.maxLength(120)),
    atMs,
  }),
  z.object({
    type: z.literal('provider'),
    provider: providerId,
    /** `switched`: another provider has taken over; `renewed`: a new session of the same one, unheard. */
    state: z.enum(['connected', 'reconnecting', 'renewed', 'switched']),
    detail: z.string().check(z.maxLength(300)),
    atMs,
  }),
  z.object({
    type: z.literal('usage'),
    provider: providerId,
    model: z.string().check(z.maxLength(120)),
    usage,
    atMs,
  }),
  /** How much of the microphone's sound went to a metered provider since this was last told. */
  z.object({
    type: z.literal('metered'),
    provider: providerId,
    model: z.string().check(z.maxLength(120)),
    /** Came from the page. */
    capturedMs: count,
    /** Went to the provider, the silence included that stood in for sound. */
    sentMs: count,
    /** Of what was sent: pure silence. */
    silentMs: count,
    atMs,
  }),
  /**
   * A step of answering, for whoever measures: the turn was taken for over, the first word or sound of the reply was
   * made, its sound began to be played, or ended. `atMs` is when it was so, which may be long before it is told.
   */
  z.object({
    type: z.literal('answering'),
    step: z.enum(['turn_ended', 'first_token', 'sound_began', 'sound_ended']),
    atMs,
  }),
  /** Whether a metered provider is given the microphone itself, or nothing or silence in its place. */
  z.object({ type: z.literal('gate'), open: z.boolean(), atMs }),
  /** A mouth shape of the voice, for a face that speaks: `offsetMs` into the reply's sound. */
  z.object({
    type: z.literal('viseme'),
    visemeId: z.int().check(z.nonnegative(), z.maximum(255)),
    offsetMs: count,
    atMs,
  }),
  z.object({
    type: z.literal('error'),
    code: problemCode,
    detail: z.string().check(z.maxLength(500)),
    atMs,
  }),
]);
export type AgentEvent = z.infer<typeof agentEvent>;
export const agentEventMessage: MessageKind<AgentEvent> = {
  schema: agentEvent,
  maxBytes: 14 * 1024,
};

import { z } from 'zod';
import { wireItem } from './items.ts';

const count = z.number().nonnegative().nullish();

const usage = z.object({
  total_tokens: count,
  input_tokens: count,
  output_tokens: count,
  input_token_details: z
    .object({
      text_tokens: count,
      audio_tokens: count,
      image_tokens: count,
      cached_tokens: count,
      cached_tokens_details: z
        .object({ text_tokens: count, audio_tokens: count, image_tokens: count })
        .nullish(),
    })
    .nullish(),
  output_token_details: z.object({ text_tokens: count, audio_tokens: count }).nullish(),
});

const errorDetails = z.object({
  type: z.string().nullish(),
  code: z.string().nullish(),
  message: z.string().catch('The service gave no reason.'),
  param: z.string().nullish(),
  event_id: z.string().nullish(),
});
export type WireError = z.infer<typeof errorDetails>;

const response = z.object({
  id: z.string(),
  status: z.string().nullish(),
  status_details: z
    .object({ reason: z.string().nullish(), error: errorDetails.nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
  output: z.array(wireItem).nullish().catch(undefined),
  usage: usage.nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
});
export type WireResponse = z.infer<typeof response>;

const session = z.object({
  id: z.string().nullish(),
  avatar: z
    .object({
      ice_servers: z
        .array(
          z.object({
            urls: z.array(z.string()),
            username: z.string().nullish(),
            credential: z.string().nullish(),
          }),
        )
        .nullish(),
    })
    .nullish()
    .catch(undefined),
});

const ofItem = { item_id: z.string() };
const ofResponse = { response_id: z.string() };
const ofPart = { ...ofResponse, ...ofItem, content_index: z.number().int().catch(0) };
const offset = { audio_offset_ms: z.number().nonnegative() };

/**
 * The events that this plugin acts on, read by what it needs of them and no more, so that a service that says more
 * is understood. https://learn.microsoft.com/azure/ai-services/speech-service/voice-live-api-reference-2026-04-10#server-events
 */
const serverEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('error'), error: errorDetails }),
  z.object({ type: z.literal('warning'), warning: errorDetails }),
  z.object({ type: z.literal('session.created'), session }),
  z.object({ type: z.literal('session.updated'), session }),
  z.object({ type: z.literal('session.avatar.connecting'), server_sdp: z.string() }),
  z.object({ type: z.literal('input_audio_buffer.committed'), ...ofItem }),
  z.object({ type: z.literal('input_audio_buffer.speech_started'), ...ofItem }),
  z.object({ type: z.literal('input_audio_buffer.speech_stopped'), ...ofItem }),
  z.object({
    type: z.literal('conversation.item.created'),
    previous_item_id: z.string().nullish(),
    item: wireItem,
  }),
  z.object({ type: z.literal('conversation.item.retrieved'), item: z.looseObject(wireItem.shape) }),
  z.object({ type: z.literal('conversation.item.deleted'), ...ofItem }),
  z.object({
    type: z.literal('conversation.item.input_audio_transcription.delta'),
    ...ofItem,
    content_index: z.number().int().catch(0),
    delta: z.string().nullish(),
  }),
  z.object({
    type: z.literal('conversation.item.input_audio_transcription.completed'),
    ...ofItem,
    content_index: z.number().int().catch(0),
    transcript: z.string(),
  }),
  z.object({
    type: z.literal('conversation.item.input_audio_transcription.failed'),
    ...ofItem,
    content_index: z.number().int().catch(0),
    error: errorDetails,
  }),
  z.object({ type: z.literal('response.created'), response }),
  z.object({ type: z.literal('response.done'), response }),
  z.object({ type: z.literal('response.output_item.added'), ...ofResponse, item: wireItem }),
  z.object({ type: z.literal('response.output_item.done'), ...ofResponse, item: wireItem }),
  z.object({
    type: z.literal('response.content_part.added'),
    ...ofPart,
    part: z.object({ type: z.string() }),
  }),
  z.object({ type: z.literal('response.text.delta'), ...ofPart, delta: z.string() }),
  z.object({ type: z.literal('response.audio_transcript.delta'), ...ofPart, delta: z.string() }),
  z.object({ type: z.literal('response.audio.delta'), ...ofPart, delta: z.string() }),
  z.object({
    type: z.literal('response.audio_timestamp.delta'),
    ...ofPart,
    ...offset,
    audio_duration_ms: z.number().nonnegative(),
    text: z.string(),
  }),
  z.object({
    type: z.literal('response.animation_viseme.delta'),
    ...ofPart,
    ...offset,
    viseme_id: z.number().int().nonnegative(),
  }),
  z.object({
    type: z.literal('response.function_call_arguments.done'),
    ...ofResponse,
    ...ofItem,
    arguments: z.string(),
  }),
  z.object({ type: z.literal('mcp_list_tools.failed'), ...ofItem }),
  z.object({
    type: z.literal('response.mcp_call_arguments.done'),
    ...ofItem,
    arguments: z.string().nullish(),
  }),
  z.object({ type: z.literal('response.mcp_call.in_progress'), ...ofItem }),
  z.object({ type: z.literal('response.mcp_call.completed'), ...ofItem }),
  z.object({ type: z.literal('response.mcp_call.failed'), ...ofItem }),
]);
export type ServerEvent = z.infer<typeof serverEvent>;
export type ServerEventOf<Type extends ServerEvent['type']> = Extract<ServerEvent, { type: Type }>;

const known = new Set<string>(serverEvent.options.map(({ shape }) => shape.type.value));
const anyEvent = z.object({ type: z.string() });

/** `unknown`: an event of a kind that this plugin does not use, or that came later than it. */
export type Reading =
  | { readonly kind: 'event'; readonly event: ServerEvent }
  | { readonly kind: 'unknown'; readonly type: string }
  | { readonly kind: 'malformed'; readonly detail: string };

/** Never throws: what cannot be understood is said, and the conversation goes on without it. */
export function readServerEvent(text: string): Reading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'malformed', detail: 'an event that is not JSON' };
  }
  const named = anyEvent.safeParse(json);
  if (!named.success) return { kind: 'malformed', detail: 'an event without a type' };
  const { type } = named.data;
  if (!known.has(type)) return { kind: 'unknown', type };
  const parsed = serverEvent.safeParse(json);
  if (parsed.success) return { kind: 'event', event: parsed.data };
  const paths = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  return { kind: 'malformed', detail: `${type} with a wrong ${paths}` };
}

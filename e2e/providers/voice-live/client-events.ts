import { z } from 'zod';
import {
  animation,
  interimResponse,
  maxTokens,
  metadata,
  modalities,
  outputAudioFormat,
  reasoningEffort,
  temperature,
  toolChoice,
  tools,
  voice,
} from './session-schema.ts';

/** The events that a client may send, as the reference of 2026-04-10 lists them. */

const inputText = z.strictObject({ type: z.literal('input_text'), text: z.string() });
const assistantText = z.strictObject({ type: z.literal('text'), text: z.string() });
const inputAudio = z.strictObject({
  type: z.literal('input_audio'),
  audio: z.string().nullable().optional(),
  transcript: z.string().nullable().optional(),
});
/** In Azure's own library, @azure/ai-voicelive 1.1.0, and not in the reference. */
const inputImage = z.strictObject({
  type: z.literal('input_image'),
  image_url: z.string(),
  detail: z.enum(['auto', 'low', 'high']).optional(),
});
const common = {
  id: z.string().min(1).optional(),
  object: z.string().optional(),
  status: z.enum(['in_progress', 'completed', 'incomplete']).optional(),
};

const assistantMessage = z.strictObject({
  ...common,
  type: z.literal('message'),
  role: z.literal('assistant'),
  content: z.array(assistantText).min(1),
});
const message = z.discriminatedUnion('role', [
  z.strictObject({
    ...common,
    type: z.literal('message'),
    role: z.literal('system'),
    content: z.array(inputText).min(1),
  }),
  z.strictObject({
    ...common,
    type: z.literal('message'),
    role: z.literal('user'),
    content: z.array(z.discriminatedUnion('type', [inputText, inputAudio, inputImage])).min(1),
  }),
  assistantMessage,
]);

export const requestItem = z.discriminatedUnion('type', [
  message,
  z.strictObject({
    ...common,
    type: z.literal('function_call'),
    name: z.string().min(1),
    call_id: z.string().min(1),
    arguments: z.string(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('function_call_output'),
    call_id: z.string().min(1),
    output: z.string(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('mcp_approval_response'),
    approval_request_id: z.string().min(1),
    approve: z.boolean(),
  }),
]);
export type RequestItem = z.output<typeof requestItem>;

export const responseOptions = z.strictObject({
  commit: z.boolean().optional(),
  cancel_previous: z.boolean().optional(),
  append_input_items: z.array(requestItem).optional(),
  input_items: z.array(requestItem).optional(),
  modalities: modalities.optional(),
  instructions: z.string().optional(),
  voice: voice.optional(),
  output_audio_format: outputAudioFormat.optional(),
  animation: animation.optional(),
  tools: tools.optional(),
  tool_choice: toolChoice.optional(),
  temperature: temperature.optional(),
  max_response_output_tokens: maxTokens.optional(),
  max_output_tokens: maxTokens.optional(),
  interim_response: interimResponse.nullable().optional(),
  reasoning_effort: reasoningEffort.optional(),
  conversation: z.enum(['auto', 'none']).optional(),
  metadata: metadata.nullable().optional(),
  pre_generated_assistant_message: assistantMessage
    .extend({ content: z.array(assistantText).length(1) })
    .optional(),
});
export type ResponseOptions = z.output<typeof responseOptions>;

const eventId = { event_id: z.string().max(512).optional() };

function event<Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) {
  return z.strictObject({ type: z.literal(type), ...eventId, ...shape });
}

/** `session` of `session.update` is checked by itself, so that its errors name the field. */
export const clientEvent = z.discriminatedUnion('type', [
  event('session.update', { session: z.record(z.string(), z.unknown()) }),
  event('session.avatar.connect', { client_sdp: z.string().min(1) }),
  event('input_audio_buffer.append', { audio: z.string() }),
  event('input_audio_buffer.commit', {}),
  event('input_audio_buffer.clear', {}),
  event('conversation.item.create', {
    previous_item_id: z.string().nullable().optional(),
    item: requestItem,
  }),
  event('conversation.item.retrieve', { item_id: z.string() }),
  event('conversation.item.truncate', {
    item_id: z.string(),
    content_index: z.int().nonnegative(),
    audio_end_ms: z.int().nonnegative(),
  }),
  event('conversation.item.delete', { item_id: z.string() }),
  event('response.create', { response: responseOptions.optional() }),
  event('response.cancel', { response_id: z.string().optional() }),
  event('output_audio_buffer.clear', {}),
]);

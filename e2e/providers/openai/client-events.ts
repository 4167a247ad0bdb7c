import { z } from 'zod';
import {
  audioFormat,
  maxTokens,
  metadata,
  outputModalities,
  reasoning,
  toolChoice,
  tools,
  voice,
} from './session-schema.ts';

/** The events that a client may send over a WebSocket, as OpenAI's own Node library declares them. */

const inputText = z.strictObject({ type: z.literal('input_text'), text: z.string() });
const common = {
  id: z.string().min(1).max(32).optional(),
  object: z.literal('realtime.item').optional(),
  status: z.enum(['in_progress', 'completed', 'incomplete']).optional(),
};

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
    content: z
      .array(
        z.discriminatedUnion('type', [
          inputText,
          z.strictObject({
            type: z.literal('input_audio'),
            audio: z.string().optional(),
            transcript: z.string().nullable().optional(),
          }),
          z.strictObject({
            type: z.literal('input_image'),
            image_url: z.string(),
            detail: z.enum(['auto', 'low', 'high']).optional(),
          }),
        ]),
      )
      .min(1),
  }),
  z.strictObject({
    ...common,
    type: z.literal('message'),
    role: z.literal('assistant'),
    content: z
      .array(
        z.discriminatedUnion('type', [
          z.strictObject({ type: z.literal('output_text'), text: z.string() }),
          z.strictObject({
            type: z.literal('output_audio'),
            audio: z.string().optional(),
            transcript: z.string().optional(),
          }),
        ]),
      )
      .min(1),
  }),
]);

export const requestItem = z.discriminatedUnion('type', [
  message,
  z.strictObject({
    ...common,
    type: z.literal('function_call'),
    name: z.string().min(1),
    call_id: z.string().min(1).optional(),
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
    reason: z.string().nullable().optional(),
  }),
]);
export type RequestItem = z.output<typeof requestItem>;

export const responseOptions = z.strictObject({
  conversation: z.enum(['auto', 'none']).optional(),
  input: z
    .array(
      z.union([
        requestItem,
        z.strictObject({ type: z.literal('item_reference'), id: z.string().min(1) }),
      ]),
    )
    .optional(),
  instructions: z.string().optional(),
  output_modalities: outputModalities.optional(),
  audio: z
    .strictObject({
      output: z
        .strictObject({ format: audioFormat.optional(), voice: voice.optional() })
        .optional(),
    })
    .optional(),
  tools: tools.optional(),
  tool_choice: toolChoice.optional(),
  parallel_tool_calls: z.boolean().optional(),
  max_output_tokens: maxTokens.optional(),
  reasoning: reasoning.optional(),
  metadata: metadata.nullable().optional(),
});
export type ResponseOptions = z.output<typeof responseOptions>;

const eventId = { event_id: z.string().max(512).optional() };

function event<Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) {
  return z.strictObject({ type: z.literal(type), ...eventId, ...shape });
}

/** `session` of `session.update` is checked by itself, so that its errors name the field. */
export const clientEvent = z.discriminatedUnion('type', [
  event('session.update', { session: z.record(z.string(), z.unknown()) }),
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
  event('response.create', { response: responseOptions.nullable().optional() }),
  event('response.cancel', { response_id: z.string().optional() }),
]);

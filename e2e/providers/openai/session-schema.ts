import { z } from 'zod';

/** What `session.update` takes, from the generally available Realtime API as OpenAI's own Node library declares it. */

export const audioFormat = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('audio/pcm'), rate: z.literal(24_000).optional() }),
  z.strictObject({ type: z.literal('audio/pcmu') }),
  z.strictObject({ type: z.literal('audio/pcma') }),
]);

const voiceNames = [
  'alloy',
  'ash',
  'ballad',
  'coral',
  'echo',
  'sage',
  'shimmer',
  'verse',
  'marin',
  'cedar',
] as const;
export const voice = z.union([z.enum(voiceNames), z.strictObject({ id: z.string().min(1) })]);

const answering = {
  create_response: z.boolean().optional(),
  interrupt_response: z.boolean().optional(),
};
const turnDetection = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('server_vad'),
    threshold: z.number().min(0).max(1).optional(),
    prefix_padding_ms: z.int().nonnegative().optional(),
    silence_duration_ms: z.int().nonnegative().optional(),
    idle_timeout_ms: z.int().min(5000).max(30_000).nullable().optional(),
    ...answering,
  }),
  z.strictObject({
    type: z.literal('semantic_vad'),
    eagerness: z.enum(['low', 'medium', 'high', 'auto']).optional(),
    ...answering,
  }),
]);

const transcription = z.strictObject({
  model: z.enum([
    'whisper-1',
    'gpt-4o-transcribe',
    'gpt-4o-mini-transcribe',
    'gpt-4o-mini-transcribe-2025-12-15',
    'gpt-4o-transcribe-diarize',
    'gpt-realtime-whisper',
  ]),
  language: z.string().optional(),
  prompt: z.string().optional(),
});

const input = z.strictObject({
  format: audioFormat.optional(),
  noise_reduction: z
    .strictObject({ type: z.enum(['near_field', 'far_field']) })
    .nullable()
    .optional(),
  transcription: transcription.nullable().optional(),
  turn_detection: turnDetection.nullable().optional(),
});
const output = z.strictObject({
  format: audioFormat.optional(),
  speed: z.number().min(0.25).max(1.5).optional(),
  voice: voice.optional(),
});

const toolFilter = z.strictObject({
  read_only: z.boolean().optional(),
  tool_names: z.array(z.string()).optional(),
});
const tool = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('function'),
    name: z.string().min(1),
    description: z.string().optional(),
    parameters: z.record(z.string(), z.unknown()).optional(),
  }),
  z.strictObject({
    type: z.literal('mcp'),
    server_label: z.string().min(1),
    server_url: z.url(),
    server_description: z.string().optional(),
    authorization: z.string().optional(),
    headers: z.record(z.string(), z.string()).nullable().optional(),
    allowed_tools: z
      .union([z.array(z.string()), toolFilter])
      .nullable()
      .optional(),
    require_approval: z
      .union([
        z.enum(['always', 'never']),
        z.strictObject({ always: toolFilter.optional(), never: toolFilter.optional() }),
      ])
      .nullable()
      .optional(),
  }),
]);
export const tools = z.array(tool);
export const toolChoice = z.union([
  z.enum(['auto', 'none', 'required']),
  z.strictObject({ type: z.literal('function'), name: z.string().min(1) }),
  z.strictObject({
    type: z.literal('mcp'),
    server_label: z.string().min(1),
    name: z.string().nullable().optional(),
  }),
]);

export const outputModalities = z
  .array(z.enum(['text', 'audio']))
  .length(1, { message: 'Either ["audio"] or ["text"].' });
export const maxTokens = z.union([z.literal('inf'), z.int().min(1).max(4096)]);
export const reasoning = z.strictObject({
  effort: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
});
export const metadata = z
  .record(z.string().max(64), z.string().max(512))
  .refine((pairs) => Object.keys(pairs).length <= 16, { message: 'At most 16 pairs.' });

export const sessionUpdate = z.strictObject({
  type: z.literal('realtime'),
  model: z.string().optional(),
  instructions: z.string().optional(),
  output_modalities: outputModalities.optional(),
  audio: z.strictObject({ input: input.optional(), output: output.optional() }).optional(),
  tools: tools.optional(),
  tool_choice: toolChoice.optional(),
  parallel_tool_calls: z.boolean().optional(),
  max_output_tokens: maxTokens.optional(),
  reasoning: reasoning.optional(),
  truncation: z
    .union([
      z.enum(['auto', 'disabled']),
      z.strictObject({
        type: z.literal('retention_ratio'),
        retention_ratio: z.number().min(0).max(1),
        token_limits: z.strictObject({ post_instructions: z.int().optional() }).optional(),
      }),
    ])
    .optional(),
  tracing: z
    .union([
      z.literal('auto'),
      z.strictObject({
        workflow_name: z.string().optional(),
        group_id: z.string().optional(),
        metadata: z.unknown().optional(),
      }),
    ])
    .nullable()
    .optional(),
  include: z.array(z.literal('item.input_audio_transcription.logprobs')).optional(),
  prompt: z
    .strictObject({
      id: z.string(),
      version: z.string().nullable().optional(),
      variables: z.record(z.string(), z.unknown()).nullable().optional(),
    })
    .nullable()
    .optional(),
});
export type SessionState = z.output<typeof sessionUpdate>;

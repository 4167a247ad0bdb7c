import { z } from 'zod';

/**
 * What `session.update` takes, from Microsoft's "Voice Live API Reference 2026-04-10" (RealtimeRequestSession) and the
 * fields that its how-to pages add. A field that is not there is refused.
 */

const openaiVoiceNames = [
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

const spokenStyle = {
  temperature: z.number().min(0).max(1).optional(),
  custom_lexicon_url: z.string().optional(),
  custom_text_normalization_url: z.string().optional(),
  prefer_locales: z.array(z.string()).optional(),
  locale: z.string().optional(),
  style: z.string().optional(),
  pitch: z.string().optional(),
  rate: z.string().optional(),
  volume: z.string().optional(),
};
const baseVoice = z.enum(['DragonLatestNeural', 'PhoenixLatestNeural', 'DragonHDOmniLatestNeural']);

export const voice = z.union([
  z.string().min(1),
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('openai'), name: z.enum(openaiVoiceNames) }),
    z.strictObject({ type: z.literal('azure-standard'), name: z.string().min(1), ...spokenStyle }),
    z.strictObject({
      type: z.literal('azure-custom'),
      name: z.string().min(1),
      endpoint_id: z.string().min(1),
      ...spokenStyle,
    }),
    z.strictObject({
      type: z.literal('azure-personal'),
      name: z.string().min(1),
      model: baseVoice,
      ...spokenStyle,
    }),
    z.strictObject({ type: z.literal('avatar-voice-sync'), model: baseVoice, ...spokenStyle }),
    z.strictObject({
      type: z.literal('azure-realtime-native'),
      name: z.enum([
        'aarti',
        'andrew',
        'ava',
        'denise',
        'diya',
        'elsa',
        'florian',
        'francisca',
        'meera',
        'xiaoxiao',
        'yunxi',
        'ximena',
      ]),
    }),
  ]),
]);

const answering = {
  create_response: z.boolean().optional(),
  interrupt_response: z.boolean().optional(),
};
const endOfUtterance = z.strictObject({
  model: z.enum([
    'semantic_detection_v1',
    'semantic_detection_v1_en',
    'semantic_detection_v1_multilingual',
  ]),
  threshold_level: z.enum(['low', 'medium', 'high', 'default']).optional(),
  timeout_ms: z.number().nonnegative().optional(),
});
const bySound = {
  threshold: z.number().min(0.01).lt(1).optional(),
  prefix_padding_ms: z.int().nonnegative().optional(),
  silence_duration_ms: z.int().nonnegative().optional(),
  speech_duration_ms: z.int().nonnegative().optional(),
  end_of_utterance_detection: endOfUtterance.nullable().optional(),
  auto_truncate: z.boolean().optional(),
  ...answering,
};
const bySense = {
  ...bySound,
  remove_filler_words: z.boolean().optional(),
  appended_text_after_truncation: z.string().optional(),
};

export const turnDetection = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('server_vad'), ...bySound }),
  z.strictObject({
    type: z.literal('semantic_vad'),
    eagerness: z.enum(['low', 'medium', 'high', 'auto']).optional(),
    auto_truncate: z.boolean().optional(),
    ...answering,
  }),
  z.strictObject({
    type: z.literal('azure_semantic_vad'),
    ...bySense,
    languages: z.array(z.string()).optional(),
  }),
  z.strictObject({ type: z.literal('azure_semantic_vad_en'), ...bySense }),
  z.strictObject({
    type: z.literal('azure_semantic_vad_multilingual'),
    ...bySense,
    languages: z.array(z.string()).optional(),
  }),
]);

const approval = z.enum(['never', 'always']);
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
    authorization: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    allowed_tools: z.array(z.string()).optional(),
    require_approval: z
      .union([
        approval,
        z.strictObject({
          never: z.array(z.string()).optional(),
          always: z.array(z.string()).optional(),
        }),
      ])
      .optional(),
  }),
]);
export const tools = z.array(tool);

export const toolChoice = z.union([
  z.string().min(1),
  z.strictObject({ type: z.literal('function'), name: z.string().min(1) }),
]);

const waits = {
  triggers: z.array(z.enum(['latency', 'tool'])).optional(),
  latency_threshold_ms: z.int().nonnegative().optional(),
};
/** The reference writes these names with hyphens, the how-to page and the SDKs with underscores. */
export const interimResponse = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.enum(['static_interim_response', 'static-interim-response']),
    texts: z.array(z.string()).optional(),
    ...waits,
  }),
  z.strictObject({
    type: z.enum(['llm_interim_response', 'llm-interim-response']),
    model: z.string().optional(),
    instructions: z.string().optional(),
    max_completion_tokens: z.int().positive().optional(),
    ...waits,
  }),
]);

const point = z.tuple([z.int().nonnegative(), z.int().nonnegative()]);
const avatar = z.strictObject({
  type: z.enum(['video-avatar', 'photo-avatar']).optional(),
  ice_servers: z
    .array(
      z.strictObject({
        urls: z.array(z.string()),
        username: z.string().optional(),
        credential: z.string().optional(),
      }),
    )
    .optional(),
  character: z.string().min(1),
  style: z.string().optional(),
  customized: z.boolean(),
  model: z.literal('vasa-1').optional(),
  video: z
    .strictObject({
      bitrate: z.int().positive().optional(),
      codec: z.literal('h264').optional(),
      crop: z.strictObject({ top_left: point, bottom_right: point }).optional(),
      resolution: z
        .strictObject({ width: z.int().positive(), height: z.int().positive() })
        .optional(),
      background: z
        .union([z.strictObject({ image_url: z.string() }), z.strictObject({ color: z.string() })])
        .optional(),
      gop_size: z.int().min(1).max(2000).optional(),
    })
    .optional(),
  scene: z
    .strictObject({
      zoom: z.number().positive().optional(),
      position_x: z.number().min(-1).max(1).optional(),
      position_y: z.number().min(-1).max(1).optional(),
      rotation_x: z.number().optional(),
      rotation_y: z.number().optional(),
      rotation_z: z.number().optional(),
      amplitude: z.number().positive().max(1).optional(),
    })
    .optional(),
  output_protocol: z.enum(['webrtc', 'websocket']).optional(),
  output_audit_audio: z.boolean().optional(),
});

export const modalities = z
  .array(z.enum(['text', 'audio', 'animation', 'avatar']))
  .min(1)
  .refine((all) => all.includes('text') || !all.includes('audio') || all.length > 1, {
    message: 'Audio alone is not possible; use ["text", "audio"].',
  });
export const animation = z.strictObject({
  model_name: z.string().optional(),
  outputs: z.array(z.enum(['blendshapes', 'viseme_id'])).optional(),
});
export const outputAudioFormat = z.enum([
  'pcm16',
  'pcm16_8000hz',
  'pcm16_16000hz',
  'g711_ulaw',
  'g711_alaw',
]);
export const temperature = z.number().min(0.6).max(1.2);
export const maxTokens = z.union([z.literal('inf'), z.int().min(1).max(4096)]);
export const reasoningEffort = z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']);
export const metadata = z
  .record(z.string().max(64), z.string().max(512))
  .refine((pairs) => Object.keys(pairs).length <= 16, { message: 'At most 16 pairs.' });

export const sessionUpdate = z.strictObject({
  model: z.string().optional(),
  modalities: modalities.optional(),
  animation: animation.optional(),
  voice: voice.optional(),
  instructions: z.string().optional(),
  input_audio_sampling_rate: z.literal([8000, 16_000, 24_000]).optional(),
  input_audio_format: z.enum(['pcm16', 'g711_ulaw', 'g711_alaw']).optional(),
  output_audio_format: outputAudioFormat.optional(),
  input_audio_noise_reduction: z
    .strictObject({ type: z.enum(['azure_deep_noise_suppression', 'near_field', 'far_field']) })
    .nullable()
    .optional(),
  input_audio_echo_cancellation: z
    .strictObject({
      type: z.literal('server_echo_cancellation'),
      reference_source: z.enum(['server', 'client']).optional(),
      channels: z.literal([1, 2]).optional(),
    })
    .nullable()
    .optional(),
  input_audio_transcription: z
    .strictObject({
      model: z.enum([
        'azure-speech',
        'mai-transcribe',
        'mai-transcribe-1',
        'whisper-1',
        'gpt-4o-transcribe',
        'gpt-4o-mini-transcribe',
        'gpt-4o-transcribe-diarize',
      ]),
      language: z.string().optional(),
      custom_speech: z.record(z.string(), z.string()).optional(),
      phrase_list: z.array(z.string()).optional(),
      prompt: z.string().optional(),
    })
    .nullable()
    .optional(),
  turn_detection: turnDetection.nullable().optional(),
  tools: tools.optional(),
  tool_choice: toolChoice.optional(),
  temperature: temperature.optional(),
  max_response_output_tokens: maxTokens.optional(),
  interim_response: interimResponse.nullable().optional(),
  'interim-response': interimResponse.nullable().optional(),
  reasoning_effort: reasoningEffort.optional(),
  avatar: avatar.optional(),
  output_audio_timestamp_types: z.array(z.literal('word')).optional(),
  include: z
    .array(
      z.enum([
        'item.input_audio_transcription.logprobs',
        'item.input_audio_transcription.phrases',
        'file_search_call.results',
      ]),
    )
    .optional(),
  metadata: metadata.optional(),
});
export type SessionState = z.output<typeof sessionUpdate>;

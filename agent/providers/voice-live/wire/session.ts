import { inputFormatFields } from '../audio/formats.ts';
import type {
  Avatar,
  InterimResponse,
  McpServer,
  Transcription,
  VoiceLiveOptions,
} from '../options.ts';
import {
  toWireTurnDetection,
  type TurnDetection,
  type WireTurnDetection,
} from '../turn-detection.ts';
import { tellsWordTimes, toWireVoice, type WireVoice } from '../voices.ts';
import { present } from './fields.ts';

export type WireToolChoice = 'auto' | 'none' | 'required' | { type: 'function'; name: string };

export type WireTool =
  | { type: 'function'; name: string; description: string; parameters: unknown }
  | ({ type: 'mcp' } & Record<string, unknown>);

type Modality = 'text' | 'audio' | 'animation' | 'avatar';

/** What `session.update` carries. A field that is absent stays as it is. */
export interface WireSession {
  modalities?: Modality[];
  voice?: WireVoice;
  input_audio_format?: 'pcm16' | 'g711_ulaw' | 'g711_alaw';
  input_audio_sampling_rate?: number;
  output_audio_format?: string;
  turn_detection?: WireTurnDetection | null;
  input_audio_noise_reduction?: { type: string } | null;
  input_audio_echo_cancellation?: { type: 'server_echo_cancellation' } | null;
  input_audio_transcription?: Record<string, unknown> | null;
  temperature?: number;
  max_response_output_tokens?: number;
  reasoning_effort?: string;
  interim_response?: Record<string, unknown>;
  output_audio_timestamp_types?: 'word'[];
  animation?: { outputs: 'viseme_id'[] };
  avatar?: Record<string, unknown>;
  metadata?: Readonly<Record<string, string>>;
  instructions?: string;
  tools?: WireTool[];
  tool_choice?: WireToolChoice;
}

const defaultTurnDetection: TurnDetection = { type: 'azure_semantic_vad' };

/** Whether the model hears and speaks by itself, rather than through Azure's speech services. */
function isOpenAIRealtime(model: string): boolean {
  return model.startsWith('gpt-realtime');
}

export function transcriptionOf({ transcription, model }: VoiceLiveOptions): Transcription | null {
  if (transcription !== undefined) return transcription;
  return { model: isOpenAIRealtime(model) ? 'gpt-4o-mini-transcribe' : 'azure-speech' };
}

export function turnDetectionOf({ turnDetection }: VoiceLiveOptions): TurnDetection | null {
  return turnDetection === undefined ? defaultTurnDetection : turnDetection;
}

export function givesWordTimes(options: VoiceLiveOptions): boolean {
  return options.wordTimes === true && tellsWordTimes(options.voice);
}

/** All of the session that does not belong to the agent (instructions and its tools). */
export function toWireSession(options: VoiceLiveOptions): WireSession {
  const answer = options.answer ?? 'speech';
  const detection = turnDetectionOf(options);
  const transcription = transcriptionOf(options);
  const animates = options.visemes === true && tellsWordTimes(options.voice);
  return present({
    modalities: modalities(options, animates),
    voice: options.voice && toWireVoice(options.voice),
    ...inputFormatFields(options.inputFormat ?? 'pcm16'),
    output_audio_format: options.outputFormat ?? 'pcm16',
    turn_detection: detection && toWireTurnDetection(detection, answer !== 'none'),
    input_audio_noise_reduction: options.noiseReduction ? { type: options.noiseReduction } : null,
    input_audio_echo_cancellation: options.echoCancellation
      ? { type: 'server_echo_cancellation' }
      : null,
    input_audio_transcription: transcription && toWireTranscription(transcription),
    temperature: options.temperature,
    max_response_output_tokens: options.maxResponseTokens,
    reasoning_effort: options.reasoningEffort,
    interim_response: options.interimResponse && toWireInterim(options.interimResponse),
    output_audio_timestamp_types: givesWordTimes(options) ? ['word'] : undefined,
    animation: animates ? { outputs: ['viseme_id'] } : undefined,
    avatar: answer === 'speech' && options.avatar ? toWireAvatar(options.avatar) : undefined,
    metadata: options.metadata,
  });
}

/** Microsoft's how-to page asks for mouth shapes without the modality `animation`, its reference with it: both have it. */
function modalities(options: VoiceLiveOptions, animates: boolean): Modality[] {
  if (options.answer === 'none' || options.answer === 'text') return ['text'];
  return [
    'text',
    'audio',
    ...(animates ? (['animation'] as const) : []),
    ...(options.avatar ? (['avatar'] as const) : []),
  ];
}

function toWireTranscription(transcription: Transcription): Record<string, unknown> {
  return present({
    model: transcription.model,
    language: transcription.language,
    prompt: transcription.prompt,
    phrase_list: transcription.phrases,
    custom_speech: transcription.customSpeech,
  });
}

function toWireInterim(interim: InterimResponse): Record<string, unknown> {
  return present({
    type: `${interim.type}_interim_response`,
    triggers: interim.triggers,
    latency_threshold_ms: interim.latencyThresholdMs,
    ...(interim.type === 'static'
      ? { texts: interim.texts }
      : {
          model: interim.model,
          instructions: interim.instructions,
          max_completion_tokens: interim.maxCompletionTokens,
        }),
  });
}

function toWireAvatar({ video, ...avatar }: Avatar): Record<string, unknown> {
  const background = video?.background;
  return present({
    type: avatar.type,
    character: avatar.character,
    style: avatar.style,
    model: avatar.model,
    customized: avatar.customized ?? false,
    ice_servers: avatar.iceServers,
    // The room has to have the voice as well: without it the sound goes with the picture alone.
    output_audit_audio: true,
    video:
      video &&
      present({
        bitrate: video.bitrate,
        resolution: video.resolution,
        crop: video.crop && { top_left: video.crop.topLeft, bottom_right: video.crop.bottomRight },
        background:
          background && ('color' in background ? background : { image_url: background.imageUrl }),
      }),
  });
}

export function toWireMcpServer(server: McpServer): WireTool {
  return {
    type: 'mcp',
    ...present({
      server_label: server.label,
      server_url: server.url,
      authorization: server.authorization,
      headers: server.headers,
      allowed_tools: server.allowedTools,
      require_approval: server.requireApproval,
    }),
  };
}

import type { z } from 'zod';
import type { AudioFormat } from '../realtime/audio-format.ts';
import type {
  InterimResponse,
  McpServerSettings,
  SessionSettings,
  ToolChoice,
  TurnDetection,
} from '../realtime/settings.ts';
import { WireError } from '../realtime/wire-error.ts';
import type { ResponseOptions } from './client-events.ts';
import type {
  interimResponse,
  outputAudioFormat,
  SessionState,
  toolChoice,
  tools,
  turnDetection,
  voice,
} from './session-schema.ts';

type Tools = z.output<typeof tools>;
type Voice = z.output<typeof voice>;
type Detection = Exclude<z.output<typeof turnDetection>, { type: 'none' }>;

export const defaultState: SessionState = {
  modalities: ['text', 'audio'],
  instructions: '',
  voice: { type: 'openai', name: 'alloy' },
  input_audio_format: 'pcm16',
  output_audio_format: 'pcm16',
  input_audio_noise_reduction: null,
  input_audio_echo_cancellation: null,
  input_audio_transcription: null,
  turn_detection: { type: 'server_vad' },
  tools: [],
  tool_choice: 'auto',
  temperature: 0.8,
  max_response_output_tokens: 'inf',
};

/** Models that hear sound themselves; the others read what Azure's own recogniser writes. */
export function hearsSound(model: string): boolean {
  return model.includes('realtime');
}

/** What fits the model and what does not, where the reference says so. Throws a `WireError`. */
export function checkForModel(state: SessionState, model: string): void {
  const openai = model.startsWith('gpt-realtime');
  const refuse = (param: string, message: string) => {
    throw new WireError('invalid_value', message, { param: `session.${param}` });
  };
  if (state.model !== undefined && state.model !== model) {
    refuse('model', 'The model of a session cannot be changed.');
  }
  if (state.turn_detection?.type === 'semantic_vad' && !openai) {
    refuse('turn_detection.type', `semantic_vad is not available for ${model}.`);
  }
  const noise = state.input_audio_noise_reduction?.type;
  if (noise?.endsWith('_field') && !openai) {
    refuse('input_audio_noise_reduction.type', `${noise} is not available for ${model}.`);
  }
  const { voice: chosen, input_audio_transcription: transcription } = state;
  if (typeof chosen === 'object' && chosen.type === 'azure-realtime-native') {
    if (model !== 'azure-realtime') refuse('voice.type', `This voice is not for ${model}.`);
  }
  const writer = transcription?.model;
  if (writer === 'azure-speech' && openai) {
    refuse('input_audio_transcription.model', `azure-speech is not available for ${model}.`);
  }
  if (writer && !openai && /^(?:whisper|gpt)/.test(writer)) {
    refuse('input_audio_transcription.model', `${writer} is not available for ${model}.`);
  }
  if ((state.interim_response ?? state['interim-response']) && hearsSound(model)) {
    refuse('interim_response', `Interim response is not supported for ${model}.`);
  }
  if (
    state.input_audio_format?.startsWith('g711') &&
    (state.input_audio_sampling_rate ?? 8000) !== 8000
  ) {
    refuse('input_audio_sampling_rate', 'G.711 has 8000 samples a second.');
  }
  if (state.modalities?.includes('avatar') && !state.avatar) {
    refuse('avatar', 'The modality avatar needs an avatar.');
  }
}

export function settingsOf(state: SessionState): SessionSettings {
  return {
    instructions: state.instructions ?? '',
    voice: voiceName(state.voice),
    speed: speedOf(state.voice),
    ...outputs(state),
    input: inputFormat(state),
    output: outputFormat(state.output_audio_format ?? 'pcm16'),
    transcription: state.input_audio_transcription?.model ?? null,
    turnDetection: detectionOf(state.turn_detection),
    ...toolsOf(state.tools ?? []),
    toolChoice: choiceOf(state.tool_choice ?? 'auto'),
    maxOutputTokens: tokenLimit(state.max_response_output_tokens),
    wordTimestamps: state.output_audio_timestamp_types?.includes('word') ?? false,
    interimResponse: interimOf(state.interim_response ?? state['interim-response']),
  };
}

/** The session's settings with what one response overrides. */
export function overridden(state: SessionState, options: ResponseOptions): SessionSettings {
  const limit = options.max_response_output_tokens ?? options.max_output_tokens;
  return settingsOf({
    ...state,
    ...(options.modalities && { modalities: options.modalities }),
    ...(options.instructions !== undefined && { instructions: options.instructions }),
    ...(options.voice !== undefined && { voice: options.voice }),
    ...(options.output_audio_format && { output_audio_format: options.output_audio_format }),
    ...(options.animation && { animation: options.animation }),
    ...(options.tools && { tools: options.tools }),
    ...(options.tool_choice !== undefined && { tool_choice: options.tool_choice }),
    ...(limit !== undefined && { max_response_output_tokens: limit }),
    ...(options.interim_response !== undefined && { interim_response: options.interim_response }),
  });
}

function outputs({ modalities = ['text', 'audio'], animation, avatar }: SessionState) {
  const withFace = modalities.includes('avatar') && avatar?.output_protocol !== 'websocket';
  return {
    speaks: modalities.includes('audio'),
    visemes:
      modalities.includes('animation') && (animation?.outputs?.includes('viseme_id') ?? false),
    soundOnSocket: !withFace || avatar?.output_audit_audio === true,
  };
}

export function voiceName(chosen: Voice | undefined): string {
  if (chosen === undefined) return '';
  if (typeof chosen === 'string') return chosen;
  return 'name' in chosen ? chosen.name : chosen.model;
}

const namedRates: Readonly<Record<string, number>> = {
  'x-slow': 0.5,
  slow: 0.64,
  medium: 1,
  default: 1,
  fast: 1.55,
  'x-fast': 2,
};

/** The rate of SSML's `prosody`: a name, `+20%` or `1.2`; within what the mind's voice can do. */
function speedOf(chosen: Voice | undefined): number {
  const rate = typeof chosen === 'object' && 'rate' in chosen ? (chosen.rate ?? '1') : '1';
  const percent = /^([+-]\d+(?:\.\d+)?)%$/.exec(rate)?.[1];
  const speed = namedRates[rate] ?? (percent ? 1 + Number(percent) / 100 : Number(rate));
  if (!Number.isFinite(speed) || speed <= 0) {
    throw new WireError('invalid_value', `Invalid value for rate: '${rate}'.`, {
      param: 'session.voice.rate',
    });
  }
  return Math.min(2, Math.max(0.5, speed));
}

function inputFormat(state: SessionState): AudioFormat {
  if (state.input_audio_format === 'g711_ulaw') return { encoding: 'mulaw', rateHz: 8000 };
  if (state.input_audio_format === 'g711_alaw') return { encoding: 'alaw', rateHz: 8000 };
  return { encoding: 'pcm16', rateHz: state.input_audio_sampling_rate ?? 24_000 };
}

const outputFormats: Readonly<Record<z.output<typeof outputAudioFormat>, AudioFormat>> = {
  pcm16: { encoding: 'pcm16', rateHz: 24_000 },
  pcm16_16000hz: { encoding: 'pcm16', rateHz: 16_000 },
  pcm16_8000hz: { encoding: 'pcm16', rateHz: 8000 },
  g711_ulaw: { encoding: 'mulaw', rateHz: 8000 },
  g711_alaw: { encoding: 'alaw', rateHz: 8000 },
};

function outputFormat(format: z.output<typeof outputAudioFormat>): AudioFormat {
  return outputFormats[format];
}

/** Semantic kinds are approximated by how long the silence has to be. */
const eagernessMs = { high: 300, medium: 600, auto: 600, low: 1200 } as const;
/** Of its timeout, how much longer a detector of unfinished sentences waits. */
const doubtShare = { low: 0, medium: 0.3, default: 0.3, high: 0.6 } as const;
const shortestSilenceMs = 50;

function detectionOf(detection: SessionState['turn_detection']): TurnDetection | null {
  if (!detection || detection.type === 'none') return null;
  const common = {
    createResponse: detection.create_response ?? true,
    interruptResponse: detection.interrupt_response ?? true,
    autoTruncate: detection.auto_truncate ?? false,
    idleTimeoutMs: undefined,
  };
  if (detection.type === 'semantic_vad') {
    return {
      ...common,
      threshold: 0.5,
      prefixPaddingMs: 300,
      shortestSpeechMs: 0,
      silenceMs: eagernessMs[detection.eagerness ?? 'auto'],
      appendedTextAfterTruncation: '',
    };
  }
  const byServer = detection.type === 'server_vad';
  return {
    ...common,
    threshold: detection.threshold ?? 0.5,
    prefixPaddingMs: detection.prefix_padding_ms ?? (byServer ? 400 : 420),
    shortestSpeechMs: detection.speech_duration_ms ?? (byServer ? 200 : 80),
    silenceMs: silenceOf(detection),
    appendedTextAfterTruncation:
      detection.type === 'server_vad' ? '' : (detection.appended_text_after_truncation ?? ''),
  };
}

function silenceOf(detection: Exclude<Detection, { type: 'semantic_vad' }>): number {
  const silenceMs = Math.max(shortestSilenceMs, detection.silence_duration_ms ?? 500);
  const semantic = detection.end_of_utterance_detection;
  if (!semantic) return silenceMs;
  const share = doubtShare[semantic.threshold_level ?? 'default'];
  return silenceMs + share * (semantic.timeout_ms ?? 1000);
}

function toolsOf(all: Tools): Pick<SessionSettings, 'tools' | 'mcpServers'> {
  return {
    tools: all.flatMap((tool) =>
      tool.type === 'function'
        ? [
            {
              name: tool.name,
              ...(tool.description !== undefined && { description: tool.description }),
              ...(tool.parameters && { parameters: tool.parameters }),
            },
          ]
        : [],
    ),
    mcpServers: all.flatMap((tool) => (tool.type === 'mcp' ? [mcpServer(tool)] : [])),
  };
}

function mcpServer(tool: Extract<Tools[number], { type: 'mcp' }>): McpServerSettings {
  const { require_approval: rule = 'always' } = tool;
  return {
    label: tool.server_label,
    url: tool.server_url,
    headers: {
      ...tool.headers,
      ...(tool.authorization !== undefined && { authorization: tool.authorization }),
    },
    allowedTools: tool.allowed_tools,
    needsApproval: (name) =>
      typeof rule === 'string' ? rule === 'always' : !(rule.never ?? []).includes(name),
  };
}

function choiceOf(choice: z.output<typeof toolChoice>): ToolChoice {
  if (typeof choice === 'object') return { kind: 'tool', name: choice.name };
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { kind: choice };
  return { kind: 'tool', name: choice };
}

function tokenLimit(limit: number | 'inf' | undefined): number {
  return limit === undefined || limit === 'inf' ? Infinity : limit;
}

function interimOf(
  interim: z.output<typeof interimResponse> | null | undefined,
): InterimResponse | undefined {
  if (!interim) return undefined;
  const texts = 'texts' in interim ? interim.texts : undefined;
  return {
    triggers: interim.triggers ?? ['latency'],
    latencyThresholdMs: interim.latency_threshold_ms ?? 2000,
    texts: texts && texts.length > 0 ? texts : ['One moment, please.'],
  };
}

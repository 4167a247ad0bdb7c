import type { z } from 'zod';
import type { AudioFormat } from '../realtime/audio-format.ts';
import type {
  McpServerSettings,
  SessionSettings,
  ToolChoice,
  TurnDetection,
} from '../realtime/settings.ts';
import type { ResponseOptions } from './client-events.ts';
import type { audioFormat, SessionState, toolChoice, tools } from './session-schema.ts';

type Tools = z.output<typeof tools>;
type AudioState = NonNullable<SessionState['audio']>;
type Detection = NonNullable<AudioState['input']>['turn_detection'];

const serverVad = {
  type: 'server_vad',
  threshold: 0.5,
  prefix_padding_ms: 300,
  silence_duration_ms: 500,
  idle_timeout_ms: null,
  create_response: true,
  interrupt_response: true,
} as const;
const semanticVad = {
  type: 'semantic_vad',
  eagerness: 'auto',
  create_response: true,
  interrupt_response: true,
} as const;

export function defaultState(model: string): SessionState {
  return {
    type: 'realtime',
    model,
    instructions: '',
    output_modalities: ['audio'],
    audio: {
      input: {
        format: { type: 'audio/pcm', rate: 24_000 },
        noise_reduction: null,
        transcription: null,
        turn_detection: serverVad,
      },
      output: { format: { type: 'audio/pcm', rate: 24_000 }, speed: 1, voice: 'alloy' },
    },
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    truncation: 'auto',
    tracing: null,
    prompt: null,
  };
}

/** The state after an update: only what the update names is changed; `turn_detection` is filled with its defaults. */
export function updated(state: SessionState, update: SessionState): SessionState {
  const input = { ...state.audio?.input, ...update.audio?.input };
  const output = { ...state.audio?.output, ...update.audio?.output };
  return {
    ...state,
    ...update,
    audio: { input: { ...input, turn_detection: filled(input.turn_detection) }, output },
  };
}

function filled(detection: Detection): Detection {
  if (!detection) return detection;
  return detection.type === 'server_vad'
    ? { ...serverVad, ...detection }
    : { ...semanticVad, ...detection };
}

export function settingsOf(state: SessionState): SessionSettings {
  const { input, output } = state.audio ?? {};
  return {
    instructions: state.instructions ?? '',
    speaks: !state.output_modalities?.includes('text'),
    voice: voiceName(state),
    speed: output?.speed ?? 1,
    input: formatOf(input?.format),
    output: formatOf(output?.format),
    transcription: input?.transcription?.model ?? null,
    turnDetection: detectionOf(input?.turn_detection),
    ...toolsOf(state.tools ?? []),
    toolChoice: choiceOf(state.tool_choice ?? 'auto'),
    maxOutputTokens: tokenLimit(state.max_output_tokens),
    wordTimestamps: false,
    visemes: false,
    interimResponse: undefined,
    soundOnSocket: true,
  };
}

/** The session's settings with what one response overrides. */
export function overridden(state: SessionState, options: ResponseOptions): SessionSettings {
  const { output_modalities, tools: own, tool_choice, max_output_tokens } = options;
  return settingsOf({
    ...state,
    ...(options.instructions !== undefined && { instructions: options.instructions }),
    ...(output_modalities && { output_modalities }),
    ...(own && { tools: own }),
    ...(tool_choice && { tool_choice }),
    ...(max_output_tokens !== undefined && { max_output_tokens }),
    audio: {
      ...state.audio,
      output: { ...state.audio?.output, ...options.audio?.output },
    },
  });
}

export function voiceName({ audio }: SessionState): string {
  const voice = audio?.output?.voice ?? 'alloy';
  return typeof voice === 'string' ? voice : voice.id;
}

function formatOf(format: z.output<typeof audioFormat> | undefined): AudioFormat {
  if (format?.type === 'audio/pcmu') return { encoding: 'mulaw', rateHz: 8000 };
  if (format?.type === 'audio/pcma') return { encoding: 'alaw', rateHz: 8000 };
  return { encoding: 'pcm16', rateHz: 24_000 };
}

/** The semantic kind is approximated by how long the silence has to be. */
const eagernessMs = { high: 300, medium: 600, auto: 600, low: 1200 } as const;
const shortestSilenceMs = 50;

function detectionOf(detection: Detection): TurnDetection | null {
  if (!detection) return null;
  const common = {
    createResponse: detection.create_response ?? true,
    interruptResponse: detection.interrupt_response ?? true,
    autoTruncate: false,
    appendedTextAfterTruncation: '',
    shortestSpeechMs: 0,
  };
  if (detection.type === 'semantic_vad') {
    return {
      ...common,
      threshold: 0.5,
      prefixPaddingMs: 300,
      silenceMs: eagernessMs[detection.eagerness ?? 'auto'],
      idleTimeoutMs: undefined,
    };
  }
  return {
    ...common,
    threshold: detection.threshold ?? 0.5,
    prefixPaddingMs: detection.prefix_padding_ms ?? 300,
    silenceMs: Math.max(shortestSilenceMs, detection.silence_duration_ms ?? 500),
    idleTimeoutMs: detection.idle_timeout_ms ?? undefined,
  };
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
  const { allowed_tools: allowed } = tool;
  const rule = tool.require_approval ?? 'always';
  return {
    label: tool.server_label,
    url: tool.server_url,
    headers: {
      ...tool.headers,
      ...(tool.authorization !== undefined && { authorization: `Bearer ${tool.authorization}` }),
    },
    allowedTools: Array.isArray(allowed) ? allowed : allowed?.tool_names,
    needsApproval: (name) =>
      typeof rule === 'string' ? rule === 'always' : !(rule.never?.tool_names ?? []).includes(name),
  };
}

function choiceOf(choice: z.output<typeof toolChoice>): ToolChoice {
  if (typeof choice === 'string') return { kind: choice };
  return choice.name ? { kind: 'tool', name: choice.name } : { kind: 'required' };
}

function tokenLimit(limit: number | 'inf' | undefined): number {
  return limit === undefined || limit === 'inf' ? Infinity : limit;
}

import type { Settings } from '#protocol/settings.ts';
import { DefaultAzureCredential } from '@azure/identity';
import type { Environment } from '../provider.ts';
import type {
  AudioFormat,
  AzureSemanticVad,
  EndOfUtterance,
  InterimResponse,
  McpServer,
  OpenAISemanticVad,
  Transcription,
  TurnDetection,
  Voice,
  VoiceLiveOptions,
} from '../voice-live/index.ts';
import { Values } from './read-values.ts';
import { given, modelOf, nativeVoices, openAIVoices } from './voice-live-offer.ts';

/** The settings of the page in the plugin's terms. They have been checked against the offer. */
export function toVoiceLiveOptions(
  env: Environment,
  settings: Settings,
): Omit<VoiceLiveOptions, 'hooks' | 'credential'> {
  const options = new Values(settings.options);
  const model = options.text('model') ?? modelOf(env);
  return withoutAbsent({
    endpoint: env['AZURE_VOICELIVE_ENDPOINT'] ?? '',
    model,
    answer: settings.mode === 'captions' ? ('none' as const) : ('speech' as const),
    voice: voiceOf(settings, options),
    inputFormat: options.text('inputFormat') as AudioFormat | undefined,
    outputFormat: options.text('outputFormat') as AudioFormat | undefined,
    turnDetection: settings.mode === 'push-to-talk' ? null : turnDetectionOf(settings),
    noiseReduction: noiseReductionOf(settings),
    echoCancellation: options.flag('echoCancellation') ?? false,
    transcription: transcriptionOf(settings, options, model),
    temperature: options.number('temperature'),
    reasoningEffort: options.text('reasoning') as VoiceLiveOptions['reasoningEffort'],
    interimResponse: interimOf(options),
    wordTimes: options.flag('wordTimes') ?? true,
    visemes: options.flag('visemes') ?? false,
    avatar: avatarOf(options),
    mcpServers: mcpServersOf(env, options),
  });
}

/** Made once: it keeps its token and renews it in time. */
let entra: DefaultAzureCredential | undefined;

export function credentialOf(env: Environment): VoiceLiveOptions['credential'] {
  const apiKey = env['AZURE_VOICELIVE_API_KEY'];
  return apiKey ? { apiKey } : { entra: (entra ??= new DefaultAzureCredential()) };
}

function voiceOf({ voice, language }: Settings, options: Values): Voice | undefined {
  if (voice === undefined) return undefined;
  if (openAIVoices.includes(voice)) return { type: 'openai', name: voice };
  if (nativeVoices.includes(voice)) return { type: 'azure-realtime-native', name: voice };
  const [rate, pitch, volume] = ['rate', 'pitch', 'volume'].map((name) => options.number(name));
  const prosody = withoutAbsent({
    rate: rate === undefined || rate === 1 ? undefined : String(rate),
    pitch: pitch ? `${pitch > 0 ? '+' : ''}${pitch}%` : undefined,
    volume: volume === undefined || volume === 100 ? undefined : String(volume),
    style: options.text('style'),
    preferLocales: language === undefined ? undefined : [language],
  });
  const endpointId = options.text('customVoice');
  if (endpointId) return { type: 'azure-custom', name: voice, endpointId, ...prosody };
  const model = options.text('personalVoice');
  if (model) return { type: 'azure-personal', name: voice, model, ...prosody };
  return { type: 'azure-standard', name: voice, ...prosody };
}

function turnDetectionOf({ turnDetection, language }: Settings): TurnDetection {
  const values = new Values(turnDetection?.values);
  const kind = turnDetection?.kind ?? 'azure_semantic_vad';
  const type = (values.text('variant') ?? kind) as TurnDetection['type'];
  const interruptResponse = values.flag('interrupt');
  if (type === 'semantic_vad') {
    const eagerness = values.text('eagerness') as OpenAISemanticVad['eagerness'];
    return withoutAbsent({ type, eagerness, interruptResponse });
  }
  const vad = withoutAbsent({
    threshold: values.number('threshold'),
    silenceDurationMs: values.number('silence'),
    speechDurationMs: values.number('speech'),
    prefixPaddingMs: values.number('prefix'),
    endOfUtterance: endOfUtteranceOf(values),
    interruptResponse,
    autoTruncate: values.flag('autoTruncate'),
  });
  if (type === 'server_vad') return { type, ...vad };
  const azure: AzureSemanticVad = withoutAbsent({
    type,
    ...vad,
    removeFillerWords: values.flag('fillers'),
    languages: language === undefined ? undefined : [new Intl.Locale(language).language],
    textAfterTruncation: values.text('afterCut'),
  });
  return azure;
}

function endOfUtteranceOf(values: Values): EndOfUtterance | undefined {
  const understands = values.text('eou');
  if (understands !== 'en' && understands !== 'many') return undefined;
  return withoutAbsent({
    model: understands === 'en' ? 'semantic_detection_v1' : 'semantic_detection_v1_multilingual',
    thresholdLevel: values.text('eouLevel') as EndOfUtterance['thresholdLevel'],
    timeoutMs: values.number('eouTimeout'),
  });
}

function noiseReductionOf({ noiseReduction }: Settings): VoiceLiveOptions['noiseReduction'] {
  return noiseReduction === undefined || noiseReduction === 'off'
    ? undefined
    : (noiseReduction as VoiceLiveOptions['noiseReduction']);
}

function transcriptionOf(
  { language }: Settings,
  options: Values,
  model: string,
): Transcription | undefined {
  const phrases = list(options.text('phrases'), /[,\n]/);
  const chosen = options.text('transcription');
  if (chosen === undefined && language === undefined && phrases.length === 0) return undefined;
  const own = model.startsWith('gpt-realtime') ? 'gpt-4o-mini-transcribe' : 'azure-speech';
  const name = chosen ?? own;
  const isAzure = name === 'azure-speech';
  return withoutAbsent({
    model: name,
    // The OpenAI models take a language without its region.
    language: language && (isAzure ? language : new Intl.Locale(language).language),
    phrases: isAzure && phrases.length > 0 ? phrases : undefined,
  });
}

function interimOf(options: Values): InterimResponse | undefined {
  const type = options.text('interim');
  const common = withoutAbsent({
    triggers: ['latency', 'tool'] as const,
    latencyThresholdMs: options.number('interimAfter'),
  });
  if (type === 'llm') return { type, ...common };
  if (type !== 'static') return undefined;
  const texts = list(options.text('interimTexts'), /\n/);
  return { type, ...common, texts: texts.length > 0 ? texts : ['One moment, please.'] };
}

function avatarOf(options: Values): VoiceLiveOptions['avatar'] {
  const character = options.text('avatar');
  return character === undefined
    ? undefined
    : withoutAbsent({ character, style: options.text('avatarStyle') });
}

/** Its credentials stand in the environment, never in the page. */
function mcpServersOf(env: Environment, options: Values): McpServer[] | undefined {
  const url = options.text('mcpUrl');
  if (url === undefined) return undefined;
  const allowedTools = list(options.text('mcpTools'), /,/);
  return [
    withoutAbsent({
      label: 'mcp',
      url,
      authorization: given(env['AZURE_VOICELIVE_MCP_AUTHORIZATION']),
      allowedTools: allowedTools.length > 0 ? allowedTools : undefined,
      requireApproval: options.text('mcpApproval') === 'never' ? 'never' : 'always',
    }) satisfies McpServer,
  ];
}

function list(text: string | undefined, separator: RegExp): string[] {
  return (text ?? '')
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

function withoutAbsent<const T extends object>(fields: T): Present<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<T>;
}

import type { Field, ProviderOffer, TurnDetectionKind } from '#protocol/provider.ts';
import type { Environment } from '../provider.ts';

export const openAIVoices = 'alloy ash ballad cedar coral echo marin sage shimmer verse'.split(' ');
/** Of the model azure-realtime only. */
export const nativeVoices =
  'aarti andrew ava denise elsa florian francisca meera xiaoxiao ximena yunxi'.split(' ');

/** Azure's standard voices: a name or two for each language; any other can be typed in. */
const azureVoices = `
  en-US-Ava:DragonHDLatestNeural en-US-Andrew:DragonHDLatestNeural en-US-AvaMultilingualNeural
  en-US-AndrewMultilingualNeural en-US-JennyNeural en-GB-SoniaNeural en-GB-RyanNeural en-AU-NatashaNeural
  en-IN-NeerjaNeural vi-VN-HoaiMyNeural vi-VN-NamMinhNeural fr-FR-DeniseNeural fr-FR-HenriNeural
  de-DE-KatjaNeural de-DE-ConradNeural es-ES-ElviraNeural es-MX-DaliaNeural it-IT-ElsaNeural
  pt-BR-FranciscaNeural nl-NL-ColetteNeural pl-PL-ZofiaNeural sv-SE-SofieNeural tr-TR-EmelNeural
  uk-UA-PolinaNeural ar-EG-SalmaNeural hi-IN-SwaraNeural id-ID-GadisNeural th-TH-PremwadeeNeural
  ja-JP-NanamiNeural ko-KR-SunHiNeural zh-CN-XiaoxiaoNeural zh-CN-YunxiNeural`
  .trim()
  .split(/\s+/);

const languages =
  'en-US en-GB en-AU en-IN vi-VN fr-FR de-DE es-ES es-MX it-IT pt-BR nl-NL pl-PL sv-SE tr-TR uk-UA ar-EG hi-IN id-ID th-TH ja-JP ko-KR zh-CN'.split(
    ' ',
  );

const models = [
  'gpt-realtime',
  'gpt-realtime-mini',
  'gpt-4o',
  'gpt-4.1',
  'gpt-4.1-mini',
  'gpt-5',
  'gpt-5-mini',
  'gpt-5-nano',
  'azure-realtime',
];

export function modelOf(env: Environment): string {
  return given(env['AZURE_VOICELIVE_MODEL']) ?? 'gpt-realtime';
}

/** A variable that is set to nothing is not set. */
export function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

type Of<Kind extends Field['kind']> = Omit<Extract<Field, { kind: Kind }>, 'kind'>;
const numberField = (field: Of<'number'>): Field => ({ kind: 'number', ...field });
const switchField = (name: string, label: string, on = false): Field => ({
  kind: 'switch',
  name,
  label,
  default: on,
});
const textField = (name: string, label: string, maxLength: number, note?: string): Field => ({
  kind: 'text',
  name,
  label,
  maxLength,
  default: '',
  ...(note === undefined ? {} : { note }),
});
/** The first is the default. */
const choiceField = (name: string, label: string, values: readonly string[]): Field => ({
  kind: 'choice',
  name,
  label,
  choices: values.map((value) => ({ value, label: words[value] ?? value })),
  default: values[0] ?? '',
});

const words: Readonly<Record<string, string>> = {
  auto: 'Automatic',
  off: 'Off',
  static: 'From a list',
  llm: 'Made up',
  pcm16: 'PCM 24 kHz',
  pcm16_16000hz: 'PCM 16 kHz',
  pcm16_8000hz: 'PCM 8 kHz',
  g711_ulaw: 'G.711 μ-law',
  g711_alaw: 'G.711 A-law',
  always: 'Ask each time',
  never: 'Never ask',
  en: 'English',
  many: 'Ten languages',
  azure_semantic_vad: 'English',
  azure_semantic_vad_multilingual: 'Ten languages',
  azure_semantic_vad_en: 'English (older)',
};

const interrupt = switchField('interrupt', 'Speech cuts the reply', true);

/** Defaults and limits of the API reference of 2026-04-10. */
function vadFields(prefixMs: number, speechMs: number): Field[] {
  return [
    numberField({
      name: 'threshold',
      label: 'Threshold',
      min: 0.05,
      max: 0.95,
      step: 0.05,
      default: 0.5,
    }),
    numberField({
      name: 'silence',
      label: 'Silence that ends a turn',
      min: 100,
      max: 3000,
      step: 50,
      unit: 'ms',
      default: 500,
    }),
    numberField({
      name: 'speech',
      label: 'Speech that begins one',
      min: 20,
      max: 1000,
      step: 20,
      unit: 'ms',
      default: speechMs,
    }),
    numberField({
      name: 'prefix',
      label: 'Kept before it',
      min: 0,
      max: 2000,
      step: 20,
      unit: 'ms',
      default: prefixMs,
    }),
    choiceField('eou', 'Wait for whole sentences', ['off', 'en', 'many']),
    choiceField('eouLevel', 'Certainty of that', ['default', 'low', 'medium', 'high']),
    numberField({
      name: 'eouTimeout',
      label: 'Longest wait',
      min: 100,
      max: 5000,
      step: 100,
      unit: 'ms',
      default: 1000,
    }),
    interrupt,
    switchField('autoTruncate', 'Azure decides what was heard'),
  ];
}

/** Azure's three kinds differ in what they understand, so they are one here: an offer has to fit into a message. */
const turnDetection: TurnDetectionKind[] = [
  {
    kind: 'azure_semantic_vad',
    label: 'By meaning (Azure)',
    fields: [
      choiceField('variant', 'Understands', [
        'azure_semantic_vad',
        'azure_semantic_vad_multilingual',
        'azure_semantic_vad_en',
      ]),
      ...vadFields(420, 80),
      switchField('fillers', '"Uhm" cuts no reply'),
      textField('afterCut', 'Text after a cut', 120),
    ],
  },
  { kind: 'server_vad', label: 'By volume', fields: vadFields(400, 200) },
  {
    kind: 'semantic_vad',
    label: 'By meaning (OpenAI)',
    note: 'With gpt-realtime models only.',
    fields: [choiceField('eagerness', 'Eagerness', ['auto', 'low', 'medium', 'high']), interrupt],
  },
];

const formats = ['pcm16', 'pcm16_16000hz', 'pcm16_8000hz', 'g711_ulaw', 'g711_alaw'];

function options(model: string): Field[] {
  return [
    choiceField('model', 'Model', [...new Set([model, ...models])]),
    numberField({
      name: 'rate',
      label: 'Pace (Azure voices)',
      min: 0.5,
      max: 1.5,
      step: 0.05,
      unit: '×',
      default: 1,
    }),
    numberField({
      name: 'pitch',
      label: 'Pitch',
      min: -50,
      max: 50,
      step: 5,
      unit: '%',
      default: 0,
    }),
    numberField({ name: 'volume', label: 'Volume', min: 0, max: 100, step: 5, default: 100 }),
    textField('style', 'Style', 40, 'For example cheerful.'),
    textField('customVoice', 'Custom voice: endpoint id', 64),
    textField('personalVoice', 'Personal voice: model', 64),
    choiceField('inputFormat', 'Sound to Azure', formats),
    choiceField('outputFormat', 'Sound from Azure', formats),
    switchField('echoCancellation', 'Echo cancelling by Azure'),
    choiceField('transcription', 'Written down by', [
      'auto',
      'azure-speech',
      'mai-transcribe',
      'whisper-1',
      'gpt-4o-transcribe',
      'gpt-4o-mini-transcribe',
      'gpt-4o-transcribe-diarize',
    ]),
    textField('phrases', 'Words to expect', 500, 'With commas between.'),
    choiceField('interim', 'Fillers while it thinks', ['off', 'static', 'llm']),
    textField('interimTexts', 'Fillers, one a line', 500),
    numberField({
      name: 'interimAfter',
      label: 'Filler after',
      min: 0,
      max: 10_000,
      step: 100,
      unit: 'ms',
      default: 2000,
    }),
    switchField('wordTimes', 'Follow each word (Azure voices)', true),
    switchField('visemes', 'Mouth shapes (Azure voices)'),
    textField('avatar', 'Avatar', 60, 'For example lisa.'),
    textField('avatarStyle', 'Its style', 60),
    textField('mcpUrl', 'MCP server', 300, 'Run by Azure.'),
    textField('mcpTools', 'Its tools', 300, 'All, or names with commas.'),
    choiceField('mcpApproval', 'Before a call', ['always', 'never']),
    numberField({
      name: 'temperature',
      label: 'Temperature',
      min: 0.6,
      max: 1.2,
      step: 0.05,
      default: 0.8,
    }),
    choiceField('reasoning', 'Reasoning', [
      'auto',
      'none',
      'minimal',
      'low',
      'medium',
      'high',
      'xhigh',
    ]),
  ];
}

export function voiceLiveOffer(env: Environment): ProviderOffer {
  const model = modelOf(env);
  return {
    provider: 'voice-live',
    model,
    voices: [
      ...azureVoices.map((id) => ({ id, label: spokenName(id), language: id.slice(0, 5) })),
      ...openAIVoices.map((id) => ({ id, label: `${capital(id)} (OpenAI)` })),
      ...nativeVoices.map((id) => ({ id, label: `${capital(id)} (native)` })),
    ],
    takesOtherVoices: true,
    languages,
    turnDetection,
    noiseReduction: [
      { value: 'off', label: 'Off' },
      { value: 'azure_deep_noise_suppression', label: 'Azure deep noise suppression' },
      { value: 'near_field', label: 'Near microphone (gpt-realtime)' },
      { value: 'far_field', label: 'Far microphone (gpt-realtime)' },
    ],
    options: options(model),
    pushToTalk: 'manual',
    captions: true,
  };
}

/** `vi-VN-HoaiMyNeural` → `Hoai My`; HD voices and those of many languages say so. */
function spokenName(id: string): string {
  const hd = id.includes('DragonHD') ? ', HD' : '';
  const name = id.slice(6).replace(/:.*|(?:Multilingual)?Neural$/g, '');
  const many = id.includes('Multilingual') ? ', many languages' : '';
  return `${name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')}${hd}${many}`;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

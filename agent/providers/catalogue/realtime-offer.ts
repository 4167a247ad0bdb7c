import type { Field, ProviderOffer } from '#protocol/provider.ts';

/** What OpenAI Realtime lets one set, https://developers.openai.com/api/reference/resources/realtime, on Azure as well. */
export function realtimeOffer(provider: 'openai' | 'azure-openai', model: string): ProviderOffer {
  return {
    provider,
    model,
    voices,
    takesOtherVoices: true,
    languages,
    turnDetection: [semantic, serverVad],
    noiseReduction: [
      { value: 'off', label: 'Off' },
      { value: 'near_field', label: 'Headset or phone' },
      { value: 'far_field', label: 'Laptop or room microphone' },
    ],
    options: [
      speed,
      transcription(provider),
      hints,
      longest,
      ...(canReason(model) ? [reasoning] : []),
    ],
    pushToTalk: 'manual',
    captions: false,
  };
}

/** The plugin sends the setting to these only, and others refuse it. */
export function canReason(model: string): boolean {
  return model.startsWith('gpt-realtime-2');
}

/** https://developers.openai.com/api/docs/models: all but the first family. */
export function canSee(model: string): boolean {
  return !model.startsWith('gpt-4o');
}

const voices = (
  [
    ['marin', 'Marin'],
    ['cedar', 'Cedar'],
    ['alloy', 'Alloy'],
    ['ash', 'Ash'],
    ['ballad', 'Ballad'],
    ['coral', 'Coral'],
    ['echo', 'Echo'],
    ['sage', 'Sage'],
    ['shimmer', 'Shimmer'],
    ['verse', 'Verse'],
  ] as const
).map(([id, label]) => ({ id, label }));

/** Those in which speech is written down; the model itself speaks them all and follows the person. */
const languages = (
  'en af ar az be bg bs ca cs cy da de el es et fa fi fr gl he hi hr hu hy id is it ja kk kn ko lt lv mi mk mr ms ne nl no pl pt ' +
  'ro ru sk sl sr sv sw ta th tl tr uk ur vi zh'
).split(' ');

const answering: readonly Field[] = [
  {
    kind: 'switch',
    name: 'interrupt_response',
    label: 'Speech cuts the reply',
    default: true,
  },
];

const semantic: ProviderOffer['turnDetection'][number] = {
  kind: 'semantic_vad',
  label: 'By meaning',
  note: 'Waits longer where the sentence sounds unfinished.',
  fields: [
    {
      kind: 'choice',
      name: 'eagerness',
      label: 'Eagerness',
      choices: [
        { value: 'auto', label: 'Automatic' },
        { value: 'low', label: 'Low: lets you think, up to 8 seconds' },
        { value: 'medium', label: 'Medium: up to 4 seconds' },
        { value: 'high', label: 'High: up to 2 seconds' },
      ],
      default: 'auto',
    },
    ...answering,
  ],
};

const serverVad: ProviderOffer['turnDetection'][number] = {
  kind: 'server_vad',
  label: 'By silence',
  fields: [
    {
      kind: 'number',
      name: 'threshold',
      label: 'Loudness that counts as speech',
      note: 'Higher for noisy places.',
      min: 0,
      max: 1,
      step: 0.05,
      default: 0.5,
    },
    {
      kind: 'number',
      name: 'prefix_padding_ms',
      label: 'Sound kept from before speech',
      min: 0,
      max: 2000,
      step: 50,
      unit: 'ms',
      default: 300,
    },
    {
      kind: 'number',
      name: 'silence_duration_ms',
      label: 'Silence that ends a turn',
      min: 100,
      max: 3000,
      step: 50,
      unit: 'ms',
      default: 500,
    },
    ...answering,
  ],
};

const speed: Field = {
  kind: 'number',
  name: 'speed',
  label: 'Speaking rate',
  min: 0.25,
  max: 1.5,
  step: 0.05,
  unit: '×',
  default: 1,
};

function transcription(provider: 'openai' | 'azure-openai'): Field {
  return {
    kind: 'choice',
    name: 'transcription',
    label: 'Writes your words down with',
    note: 'For the transcript only; the model hears the sound itself.',
    choices: [
      { value: 'gpt-4o-mini-transcribe', label: 'GPT-4o mini Transcribe' },
      { value: 'gpt-4o-transcribe', label: 'GPT-4o Transcribe' },
      { value: 'whisper-1', label: 'Whisper' },
    ],
    // On Azure the others are deployments of their own, which may not be there.
    default: provider === 'openai' ? 'gpt-4o-mini-transcribe' : 'whisper-1',
  };
}

const hints: Field = {
  kind: 'text',
  name: 'transcription_prompt',
  label: 'Names and terms to expect',
  note: 'Helps to write them down rightly.',
  maxLength: 500,
  default: '',
};

const longest: Field = {
  kind: 'number',
  name: 'max_output_tokens',
  label: 'Longest reply',
  note: '4096 sets no limit.',
  min: 64,
  max: 4096,
  step: 64,
  unit: 'tokens',
  default: 4096,
};

const reasoning: Field = {
  kind: 'choice',
  name: 'reasoning',
  label: 'Thinking before the answer',
  choices: [
    { value: 'auto', label: 'Automatic' },
    { value: 'minimal', label: 'Minimal' },
    { value: 'low', label: 'Low' },
    { value: 'medium', label: 'Medium' },
    { value: 'high', label: 'High' },
    { value: 'xhigh', label: 'Highest' },
  ],
  default: 'auto',
};

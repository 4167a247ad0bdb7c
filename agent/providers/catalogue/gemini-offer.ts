import type { Field, ProviderOffer, TurnDetectionKind } from '#protocol/provider.ts';

/** What a model of Gemini Live takes, https://ai.google.dev/gemini-api/docs/live-api/capabilities. */
export interface GeminiFamily {
  readonly thinking: 'none' | 'level' | 'budget';
  /** Affective dialogue and proactive audio. */
  readonly expressive: boolean;
  /** Tools run beside the conversation unless they are declared not to. */
  readonly asynchronousTools: boolean;
}

/** By the name of the model: one that is not known yet is taken for the newest. */
export function familyOf(model: string): GeminiFamily {
  if (model.includes('2.5')) {
    return { thinking: 'budget', expressive: true, asynchronousTools: false };
  }
  if (model.includes('3.1')) {
    return { thinking: 'level', expressive: false, asynchronousTools: false };
  }
  return { thinking: 'none', expressive: false, asynchronousTools: true };
}

export function geminiOffer(model: string): ProviderOffer {
  const family = familyOf(model);
  return {
    provider: 'gemini',
    model,
    voices,
    takesOtherVoices: false,
    // These models find the language out, and refuse to be told.
    languages: [],
    turnDetection: [automatic],
    noiseReduction: [],
    options: [
      temperature,
      longest,
      ...(family.thinking === 'level' ? [thinkingLevel] : []),
      ...(family.thinking === 'budget' ? [thinkingBudget] : []),
      ...(family.expressive ? [affective, proactive] : []),
      search,
      compression,
    ],
    pushToTalk: 'manual',
    captions: false,
  };
}

const characters = {
  Puck: 'upbeat',
  Zephyr: 'bright',
  Charon: 'informative',
  Kore: 'firm',
  Fenrir: 'excitable',
  Leda: 'youthful',
  Orus: 'firm',
  Aoede: 'breezy',
  Callirrhoe: 'easy-going',
  Autonoe: 'bright',
  Enceladus: 'breathy',
  Iapetus: 'clear',
  Umbriel: 'easy-going',
  Algieba: 'smooth',
  Despina: 'smooth',
  Erinome: 'clear',
  Algenib: 'gravelly',
  Rasalgethi: 'informative',
  Laomedeia: 'upbeat',
  Achernar: 'soft',
  Alnilam: 'firm',
  Schedar: 'even',
  Gacrux: 'mature',
  Pulcherrima: 'forward',
  Achird: 'friendly',
  Zubenelgenubi: 'casual',
  Vindemiatrix: 'gentle',
  Sadachbia: 'lively',
  Sadaltager: 'knowledgeable',
  Sulafat: 'warm',
};
const voices = Object.entries(characters).map(([id, character]) => ({
  id,
  label: `${id}, ${character}`,
}));

const sensitivity = (name: string, label: string, low: string, high: string): Field => ({
  kind: 'choice',
  name,
  label,
  choices: [
    { value: 'high', label: high },
    { value: 'low', label: low },
  ],
  default: 'high',
});

const automatic: TurnDetectionKind = {
  kind: 'automatic',
  label: 'Automatic',
  fields: [
    sensitivity('start', 'Beginning of speech', 'Low: misses soft speech', 'High: noticed early'),
    sensitivity('end', 'End of speech', 'Low: lets you pause', 'High: answers soon'),
    {
      kind: 'number',
      name: 'prefix_padding_ms',
      label: 'Speech before it counts as begun',
      min: 0,
      max: 1000,
      step: 10,
      unit: 'ms',
      default: 20,
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
    { kind: 'switch', name: 'interrupts', label: 'Speech cuts the reply', default: true },
  ],
};

const temperature: Field = {
  kind: 'number',
  name: 'temperature',
  label: 'Temperature',
  note: 'Lower is more predictable.',
  min: 0,
  max: 2,
  step: 0.1,
  default: 1,
};
const longest: Field = {
  kind: 'number',
  name: 'max_output_tokens',
  label: 'Longest reply',
  note: '8192 sets no limit.',
  min: 128,
  max: 8192,
  step: 128,
  unit: 'tokens',
  default: 8192,
};
const thinkingLevel: Field = {
  kind: 'choice',
  name: 'thinking_level',
  label: 'Thinking before the answer',
  choices: [
    { value: 'MINIMAL', label: 'Minimal' },
    { value: 'LOW', label: 'Low' },
    { value: 'MEDIUM', label: 'Medium' },
    { value: 'HIGH', label: 'High' },
  ],
  default: 'MINIMAL',
};
const thinkingBudget: Field = {
  kind: 'number',
  name: 'thinking_budget',
  label: 'Thinking before the answer',
  note: '0 for none; −1 leaves it to the model.',
  min: -1,
  max: 24_576,
  step: 1,
  unit: 'tokens',
  default: -1,
};
const affective: Field = {
  kind: 'switch',
  name: 'affective_dialog',
  label: 'Answers in your tone of voice',
  default: false,
};
const proactive: Field = {
  kind: 'switch',
  name: 'proactive_audio',
  label: 'Stays silent when it is not addressed',
  default: false,
};
const search: Field = {
  kind: 'switch',
  name: 'google_search',
  label: 'Looks things up with Google Search',
  default: false,
};
const compression: Field = {
  kind: 'switch',
  name: 'compression',
  label: 'Forgets the oldest part of a very long conversation',
  note: 'Without it, a conversation ends after 15 minutes of sound.',
  default: true,
};

/**
 * What the assistant speaks with. https://learn.microsoft.com/azure/ai-services/speech-service/voice-live-api-reference-2026-04-10#voice-configuration
 */
export type Voice =
  | { readonly type: 'openai'; readonly name: string }
  /** Of the model azure-realtime only. */
  | { readonly type: 'azure-realtime-native'; readonly name: string }
  | ({ readonly type: 'azure-standard'; readonly name: string } & Prosody)
  | ({
      readonly type: 'azure-custom';
      readonly name: string;
      readonly endpointId: string;
    } & Prosody)
  /** `name` is the speaker profile, `model` what speaks with it. */
  | ({ readonly type: 'azure-personal'; readonly name: string; readonly model: string } & Prosody)
  /** The voice that belongs to an avatar made of a person. */
  | ({ readonly type: 'avatar-voice-sync'; readonly model: string } & Prosody);

/** Values as in the `prosody` element of SSML. */
export interface Prosody {
  /** 0 to 1: how much an HD voice varies. */
  readonly temperature?: number;
  /** `1.2`, `+20%`, `slow`. */
  readonly rate?: string;
  /** `+10%`, `-2st`, `high`. */
  readonly pitch?: string;
  /** `0` to `100`, `+10`, `loud`. */
  readonly volume?: string;
  /** `cheerful`; each voice has its own. */
  readonly style?: string;
  /** Speaks nothing but this language. */
  readonly locale?: string;
  /** The accents to speak languages with. */
  readonly preferLocales?: readonly string[];
  readonly customLexiconUrl?: string;
  readonly customTextNormalizationUrl?: string;
}

const wireNames = {
  type: 'type',
  name: 'name',
  model: 'model',
  endpointId: 'endpoint_id',
  temperature: 'temperature',
  rate: 'rate',
  pitch: 'pitch',
  volume: 'volume',
  style: 'style',
  locale: 'locale',
  preferLocales: 'prefer_locales',
  customLexiconUrl: 'custom_lexicon_url',
  customTextNormalizationUrl: 'custom_text_normalization_url',
} as const;

export type WireVoice = Readonly<Record<string, unknown>>;

export function toWireVoice(voice: Voice): WireVoice {
  const given: Readonly<Record<string, unknown>> = { ...voice };
  return Object.fromEntries(
    Object.entries(wireNames).flatMap(([name, wireName]) =>
      given[name] === undefined ? [] : [[wireName, given[name]]],
    ),
  );
}

/** Azure's voices tell when each word is spoken; the others do not. */
export function tellsWordTimes(voice: Voice | undefined): boolean {
  return voice !== undefined && voice.type !== 'openai' && voice.type !== 'azure-realtime-native';
}

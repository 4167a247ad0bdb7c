import type { ProviderId, ProviderOffer, ProviderSummary } from '#protocol/provider.ts';
import type { Configured, Settings } from '#protocol/settings.ts';
import { languageName } from './language-name.ts';
import { checkValues } from './values.ts';

export type Refusal = Configured['refused'][number];

/** What settings are held against. */
export interface Choices {
  readonly providers: readonly ProviderSummary[];
  offer(provider: ProviderId): ProviderOffer;
  /** In effect now; stands where another provider was asked for and cannot be had. */
  readonly inEffect: Settings;
  /** Why this provider heeds no instructions, in a sentence; undefined where it does. */
  ignoresInstructions(provider: ProviderId): string | undefined;
}

interface CheckedSettings {
  /** What can be put into effect, defaults included. */
  readonly settings: Settings;
  readonly refused: Refusal[];
}

/**
 * Holds what a person wants against what the provider offers: what is unknown or out of range is refused by name, with
 * the reason; all the rest stands, and what was left open gets its default.
 */
export function checkSettings(wanted: Settings, choices: Choices): CheckedSettings {
  const refused: Refusal[] = [];
  const own = chosenProvider(wanted, choices, refused);
  const offer = choices.offer(own.provider);
  const refuse = (setting: string, reason: string): void => {
    refused.push({ setting: setting.slice(0, 64), reason: reason.slice(0, 300) });
  };
  const name = choices.providers.find(({ id }) => id === own.provider)?.name ?? own.provider;

  const voice = checkVoice(own.voice, offer, name, refuse) ?? offer.voices[0]?.id;
  const language = checkLanguage(own.language, offer, name, refuse);
  const instructions = checkInstructions(wanted.instructions, own.provider, choices, refuse);
  const turnDetection = checkTurnDetection(own.turnDetection, offer, name, refuse);
  const noiseReduction =
    checkNoiseReduction(own.noiseReduction, offer, name, refuse) ?? offer.noiseReduction[0]?.value;
  const mode = checkMode(own.mode, offer, name, refuse);
  const options = checkValues(own.options ?? {}, offer.options, 'options', refuse);

  return {
    settings: {
      provider: own.provider,
      ...(voice !== undefined && { voice }),
      ...(language !== undefined && { language }),
      ...(instructions !== undefined && { instructions }),
      ...(turnDetection && { turnDetection }),
      mode,
      ...(noiseReduction !== undefined && { noiseReduction }),
      ...(offer.options.length > 0 && { options }),
      ...(wanted.toolsOff?.length && { toolsOff: [...new Set(wanted.toolsOff)].sort() }),
    },
    refused,
  };
}

type Refuse = (setting: string, reason: string) => void;

/** The settings that belong to the provider, and which one that is. */
function chosenProvider(
  wanted: Settings,
  { providers, inEffect }: Choices,
  refused: Refusal[],
): Settings & { provider: ProviderId } {
  const current = inEffect.provider ?? 'embedded';
  const provider = wanted.provider ?? current;
  const summary = providers.find(({ id }) => id === provider);
  if (summary?.missing.length === 0) return { ...wanted, provider };
  const reason = summary
    ? `${summary.name} cannot be chosen; missing: ${summary.missing.join(', ')}.`
    : `${provider} is not known here.`;
  refused.push({ setting: 'provider', reason: reason.slice(0, 300) });
  // A voice or an option of a provider that cannot be had means nothing to another one.
  return { ...inEffect, provider: current };
}

function checkVoice(
  voice: string | undefined,
  offer: ProviderOffer,
  name: string,
  refuse: Refuse,
): string | undefined {
  if (voice === undefined) return undefined;
  if (offer.takesOtherVoices || offer.voices.some(({ id }) => id === voice)) return voice;
  refuse('voice', `${name} has no voice “${voice.slice(0, 60)}”.`);
  return undefined;
}

/** A language that is offered with another region will do. */
function checkLanguage(
  language: string | undefined,
  offer: ProviderOffer,
  name: string,
  refuse: Refuse,
): string | undefined {
  if (language === undefined || language === '') return undefined;
  if (offer.languages.length === 0) {
    refuse('language', `${name} finds out by itself which language is spoken.`);
    return undefined;
  }
  const tag = language.toLowerCase();
  const primary = tag.split('-')[0];
  const found =
    offer.languages.find((offered) => offered.toLowerCase() === tag) ??
    offer.languages.find((offered) => offered.toLowerCase().split('-')[0] === primary);
  if (!found) {
    const [only = '', another] = offer.languages;
    const wanted = languageName(language);
    refuse(
      'language',
      another === undefined
        ? `${name} understands and speaks only ${languageName(only)}, not ${wanted}.`
        : `${name} does not offer ${wanted}.`,
    );
  }
  return found;
}

function checkInstructions(
  instructions: string | undefined,
  provider: ProviderId,
  choices: Choices,
  refuse: Refuse,
): string | undefined {
  const text = instructions?.trim();
  if (!text) return undefined;
  const reason = choices.ignoresInstructions(provider);
  if (!reason) return text;
  refuse('instructions', reason);
  return undefined;
}

function checkTurnDetection(
  wanted: Settings['turnDetection'],
  offer: ProviderOffer,
  name: string,
  refuse: Refuse,
): Settings['turnDetection'] {
  const known = wanted && offer.turnDetection.find(({ kind }) => kind === wanted.kind);
  if (wanted && !known) {
    refuse('turnDetection', `${name} does not know the turn detection “${wanted.kind}”.`);
  }
  const kind = known ?? offer.turnDetection[0];
  if (!kind) return undefined;
  const values = known ? wanted.values : {};
  return { kind: kind.kind, values: checkValues(values, kind.fields, 'turnDetection', refuse) };
}

function checkNoiseReduction(
  wanted: string | undefined,
  offer: ProviderOffer,
  name: string,
  refuse: Refuse,
): string | undefined {
  if (wanted === undefined) return undefined;
  if (offer.noiseReduction.some(({ value }) => value === wanted)) return wanted;
  refuse('noiseReduction', `${name} does not know the noise reduction “${wanted}”.`);
  return undefined;
}

function checkMode(
  wanted: Settings['mode'],
  offer: ProviderOffer,
  name: string,
  refuse: Refuse,
): NonNullable<Settings['mode']> {
  if (wanted !== 'captions' || offer.captions) return wanted ?? 'conversation';
  refuse('mode', `${name} cannot only write down what is said.`);
  return 'conversation';
}

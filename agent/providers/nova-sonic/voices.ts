export interface NovaVoice {
  readonly id: string;
  readonly name: string;
  /** BCP 47 tag of the language that it speaks as a native. */
  readonly language: string;
  readonly sound: 'feminine' | 'masculine';
  /** Speaks every language of the model equally well. */
  readonly polyglot: boolean;
}

/**
 * Every voice of Nova 2 Sonic.
 * https://docs.aws.amazon.com/nova/latest/nova2-userguide/sonic-language-support.html
 */
export const voices: readonly NovaVoice[] = [
  voice('tiffany', 'en-US', 'feminine', true),
  voice('matthew', 'en-US', 'masculine', true),
  voice('amy', 'en-GB', 'feminine'),
  voice('olivia', 'en-AU', 'feminine'),
  voice('kiara', 'en-IN', 'feminine'),
  voice('arjun', 'en-IN', 'masculine'),
  voice('ambre', 'fr-FR', 'feminine'),
  voice('florian', 'fr-FR', 'masculine'),
  voice('beatrice', 'it-IT', 'feminine'),
  voice('lorenzo', 'it-IT', 'masculine'),
  voice('tina', 'de-DE', 'feminine'),
  voice('lennart', 'de-DE', 'masculine'),
  voice('lupe', 'es-US', 'feminine'),
  voice('carlos', 'es-US', 'masculine'),
  voice('carolina', 'pt-BR', 'feminine'),
  voice('leo', 'pt-BR', 'masculine'),
];

/** Languages of the model, by the tag that stands for them; it finds out by itself which one is spoken. */
export const languages: Readonly<Record<string, string>> = {
  'en-US': 'English',
  'en-GB': 'British English',
  'en-AU': 'Australian English',
  'en-IN': 'Indian English',
  'fr-FR': 'French',
  'it-IT': 'Italian',
  'de-DE': 'German',
  'es-US': 'Spanish',
  'pt-BR': 'Portuguese',
  'hi-IN': 'Hindi',
};

function voice(
  id: string,
  language: string,
  sound: NovaVoice['sound'],
  polyglot = false,
): NovaVoice {
  const name = id.charAt(0).toUpperCase() + id.slice(1);
  return { id, name, language, sound, polyglot };
}

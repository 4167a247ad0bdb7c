const withoutInstructions =
  'You are a helpful voice assistant. Answer briefly, in plain spoken words.';

/** Instructions, what the application noted since, and the language, as one text. `language` is an English word. */
export function systemPrompt(
  instructions: string,
  notes: readonly string[],
  language: string | undefined,
): string {
  const parts = [
    instructions.trim() || withoutInstructions,
    ...notes,
    language ? `Always answer in ${language}.` : '',
  ];
  return parts.filter(Boolean).join('\n\n');
}

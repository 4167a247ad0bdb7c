import type { Belief } from './memory.ts';

/** Tokens that a second of sound counts for, https://ai.google.dev/gemini-api/docs/tokens. */
const audioTokensPerSecond = 25;

/** `UsageMetadata` of one turn. The prompt is all that the model knows, and the sound that it has heard. */
export function usageOf(known: readonly Belief[], heardMs: number, spokenMs: number): object {
  const letters = known.reduce((sum, belief) => sum + JSON.stringify(belief).length, 0);
  const textTokens = Math.ceil(letters / 4);
  const heardTokens = Math.round((heardMs / 1000) * audioTokensPerSecond);
  const spokenTokens = Math.round((spokenMs / 1000) * audioTokensPerSecond);
  return {
    promptTokenCount: textTokens + heardTokens,
    promptTokensDetails: [
      { modality: 'TEXT', tokenCount: textTokens },
      { modality: 'AUDIO', tokenCount: heardTokens },
    ],
    responseTokenCount: spokenTokens,
    responseTokensDetails: [{ modality: 'AUDIO', tokenCount: spokenTokens }],
    totalTokenCount: textTokens + heardTokens + spokenTokens,
  };
}

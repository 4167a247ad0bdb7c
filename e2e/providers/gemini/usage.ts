import type { Belief } from './memory.ts';

/** Tokens that a second of sound counts for, https://ai.google.dev/gemini-api/docs/tokens. */
const audioTokensPerSecond = 25;
/** Tokens of a frame of video. */
const pictureTokens = 258;

interface Taken {
  readonly heardMs: number;
  /** Frames of video. */
  readonly pictures: number;
  readonly spokenMs: number;
}

/** `UsageMetadata` of one turn. The prompt is all that the model knows, the sound that it has heard and what it was shown. */
export function usageOf(known: readonly Belief[], { heardMs, pictures, spokenMs }: Taken): object {
  const letters = known.reduce((sum, belief) => sum + JSON.stringify(belief).length, 0);
  const textTokens = Math.ceil(letters / 4);
  const heardTokens = Math.round((heardMs / 1000) * audioTokensPerSecond);
  const seenTokens = pictures * pictureTokens;
  const spokenTokens = Math.round((spokenMs / 1000) * audioTokensPerSecond);
  return {
    promptTokenCount: textTokens + heardTokens + seenTokens,
    promptTokensDetails: [
      { modality: 'TEXT', tokenCount: textTokens },
      { modality: 'AUDIO', tokenCount: heardTokens },
      ...(pictures > 0 ? [{ modality: 'VIDEO', tokenCount: seenTokens }] : []),
    ],
    responseTokenCount: spokenTokens,
    responseTokensDetails: [{ modality: 'AUDIO', tokenCount: spokenTokens }],
    totalTokenCount: textTokens + heardTokens + seenTokens + spokenTokens,
  };
}

import type { Item, Part } from './conversation.ts';

export interface TokenCount {
  readonly text: number;
  readonly audio: number;
  readonly image: number;
}

export interface Usage {
  readonly input: TokenCount;
  /** Of the input, what the reply before had read already. */
  readonly cached: TokenCount;
  readonly output: TokenCount;
}

/** A token of what the person says is 100 ms, of what the assistant says 50 ms; of text, four letters. */
const heardMsPerToken = 100;
const spokenMsPerToken = 50;
const lettersPerToken = 4;
/** The services go by its size. */
const tokensPerPicture = 600;

export function textTokens(text: string): number {
  return Math.ceil(text.length / lettersPerToken);
}

export function tokensOf(items: readonly Item[]): TokenCount {
  return total(
    items.flatMap((item) => (item.type === 'message' ? item.parts.map(ofPart) : [ofOther(item)])),
  );
}

export function total(counts: readonly TokenCount[]): TokenCount {
  return counts.reduce(
    (sum, { text, audio, image }) => ({
      text: sum.text + text,
      audio: sum.audio + audio,
      image: sum.image + image,
    }),
    { text: 0, audio: 0, image: 0 },
  );
}

function ofPart(part: Part): TokenCount {
  if (part.kind === 'text') return { text: textTokens(part.text), audio: 0, image: 0 };
  if (part.kind === 'picture') return { text: 0, audio: 0, image: tokensPerPicture };
  if (part.kind === 'heard') {
    return { text: 0, audio: Math.ceil(part.durationMs / heardMsPerToken), image: 0 };
  }
  return {
    text: textTokens(part.transcript),
    audio: Math.ceil(part.durationMs / spokenMsPerToken),
    image: 0,
  };
}

function ofOther(item: Item): TokenCount {
  return { text: textTokens(JSON.stringify(item)), audio: 0, image: 0 };
}

/** As both services report it with a reply. */
export function usageOnWire({ input, cached, output }: Usage) {
  const inputTokens = input.text + input.audio + input.image;
  const outputTokens = output.text + output.audio;
  return {
    total_tokens: inputTokens + outputTokens,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    input_token_details: {
      text_tokens: input.text,
      audio_tokens: input.audio,
      image_tokens: input.image,
      cached_tokens: cached.text + cached.audio + cached.image,
      cached_tokens_details: {
        text_tokens: cached.text,
        audio_tokens: cached.audio,
        image_tokens: cached.image,
      },
    },
    output_token_details: { text_tokens: output.text, audio_tokens: output.audio },
  };
}

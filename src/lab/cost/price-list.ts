/** When these were gathered. They are a starting point: regions, contracts and time change them. */
export const pricesDate = '2026-11-21';

export interface ModelPrice {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly url: string;
  /** US dollars for a million tokens, as written, so that no digit is lost. */
  readonly perMillion: string;
  /** Tokens that a second of sound counts for. */
  readonly tokensPerSecond: string;
  /** Text models do not say what a second of sound counts for. */
  readonly textOnly: boolean;
}

export interface ServicePrice {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly url: string;
  /** US dollars for a thousand calls. */
  readonly perThousand: string;
  /** How long an answer takes, in ms, as their comparisons say. */
  readonly latencyMs: string;
}

const openAi = { vendor: 'OpenAI', url: 'https://developers.openai.com/api/docs/pricing' };
const google = { vendor: 'Google', url: 'https://ai.google.dev/gemini-api/docs/pricing' };

/**
 * Sound in for the models that hear; https://developers.openai.com/api/docs/guides/realtime-costs and
 * https://ai.google.dev/gemini-api/docs/tokens say how many tokens a second has. Text out for the others.
 */
export const listedModels: readonly ModelPrice[] = [
  hearing('gpt-realtime', 'GPT Realtime, sound in', openAi, '32', '10'),
  hearing('gpt-realtime-mini', 'GPT Realtime mini, sound in', openAi, '10', '10'),
  hearing('gemini-live', 'Gemini 2.5 Flash Live, sound in', google, '3', '25'),
  text('gpt-4.1', 'GPT-4.1', openAi, '8'),
  text(
    'claude-sonnet-4.5',
    'Claude Sonnet 4.5',
    { vendor: 'Anthropic', url: 'https://claude.com/pricing' },
    '15',
  ),
  text('gemini-2.5-flash', 'Gemini 2.5 Flash', google, '2.50'),
  text(
    'deepseek-v3.2',
    'DeepSeek V3.2',
    { vendor: 'DeepSeek', url: 'https://api-docs.deepseek.com/quick_start/pricing' },
    '0.42',
  ),
];

export const listedServices: readonly ServicePrice[] = [
  {
    id: 'google-speech',
    name: 'Google Cloud Speech',
    vendor: 'Google Cloud',
    url: 'https://cloud.google.com/speech-to-text/pricing',
    perThousand: '0.49',
    latencyMs: '95',
  },
  {
    id: 'azure-speech',
    name: 'Azure AI Speech',
    vendor: 'Azure',
    url: 'https://azure.microsoft.com/pricing/details/speech/',
    perThousand: '1.00',
    latencyMs: '120',
  },
];

interface Vendor {
  readonly vendor: string;
  readonly url: string;
}

function hearing(
  id: string,
  name: string,
  { vendor, url }: Vendor,
  perMillion: string,
  tokensPerSecond: string,
): ModelPrice {
  return { id, name, vendor, url, perMillion, tokensPerSecond, textOnly: false };
}

function text(id: string, name: string, { vendor, url }: Vendor, perMillion: string): ModelPrice {
  return { id, name, vendor, url, perMillion, tokensPerSecond: '25', textOnly: true };
}

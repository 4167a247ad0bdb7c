import type { ProviderId } from '#protocol/provider.ts';
import type { Price, Rates } from './prices.ts';

/** When these were gathered. They are a starting point: regions, contracts and time change them. */
export const listPricesDate = '2026-11-21';

interface Source {
  readonly provider: ProviderId;
  readonly url: string;
}

export const priceSources: readonly Source[] = [
  { provider: 'nova-sonic', url: 'https://aws.amazon.com/bedrock/pricing/' },
  { provider: 'voice-live', url: 'https://azure.microsoft.com/pricing/details/speech/' },
  { provider: 'openai', url: 'https://developers.openai.com/api/docs/pricing' },
  {
    provider: 'azure-openai',
    url: 'https://azure.microsoft.com/pricing/details/cognitive-services/openai-service/',
  },
  { provider: 'gemini', url: 'https://ai.google.dev/gemini-api/docs/pricing' },
];

const realtime2 = rates(4, 0.4, 24, 32, 0.4, 64, 5, 0.5);
const realtime = rates(4, 0.4, 16, 32, 0.4, 64, 5, 0.5);
const realtimeMini = rates(0.6, 0.06, 2.4, 10, 0.3, 20, 0.8, 0.08);
const gemini25 = rates(0.5, 0.5, 2, 3, 3, 12, 3, 3);
const gemini3 = rates(0.75, 0.75, 4.5, 3, 3, 12, 1, 1);
const voiceLivePro = rates(4, 0.4, 16, 32, 0.4, 64);
const voiceLiveProSpeech = rates(4, 0.4, 16, 17, 0.4, 31);
const voiceLiveBasic = rates(0.66, 0.33, 2.64, 11, 0.33, 22);
const voiceLiveBasicSpeech = rates(0.66, 0.33, 2.64, 15, 0.33, 26);
const voiceLiveLiteSpeech = rates(0.11, 0.04, 0.44, 15, 0.04, 25);
const voiceLiveLite = rates(0.11, 0.04, 0.44, 4, 0.04, 25);

const openAiModels: Readonly<Record<string, Rates>> = {
  'gpt-realtime': realtime,
  'gpt-realtime-1.5': realtime,
  'gpt-realtime-mini': realtimeMini,
  'gpt-realtime-2': realtime2,
  'gpt-realtime-2.1': realtime2,
  'gpt-realtime-2.1-mini': realtimeMini,
};

const voiceLiveModels: Readonly<Record<string, Rates>> = {
  'gpt-realtime': voiceLivePro,
  'gpt-realtime-mini': voiceLiveBasic,
  'gpt-4o': voiceLiveProSpeech,
  'gpt-4o-mini': voiceLiveBasicSpeech,
  'gpt-4.1': voiceLiveProSpeech,
  'gpt-4.1-mini': voiceLiveBasicSpeech,
  'gpt-5': voiceLiveProSpeech,
  'gpt-5-mini': voiceLiveBasicSpeech,
  'gpt-5-nano': voiceLiveLiteSpeech,
  'phi4-mini': voiceLiveLiteSpeech,
  'phi4-mm-realtime': voiceLiveLite,
};

/** What the vendors' lists say, as far as it could be found. A provider without cached rates is charged in full. */
export const listPrices: readonly Price[] = [
  ...of('nova-sonic', { 'amazon.nova-2-sonic': rates(0.33, 0.33, 2.75, 3, 3, 12) }),
  ...of('voice-live', voiceLiveModels),
  ...of('openai', openAiModels),
  ...of('azure-openai', openAiModels),
  ...of('gemini', {
    'gemini-2.5-flash-native-audio': gemini25,
    'gemini-live-2.5-flash': gemini25,
    'gemini-3.1-flash-live': gemini3,
    'gemini-3.8-live': gemini3,
  }),
];

/** In the order of the vendors' lists. */
function rates(
  textIn: number,
  textCached: number,
  textOut: number,
  audioIn: number,
  audioCached: number,
  audioOut: number,
  // Where no list says what a picture costs, it is counted as text.
  imageIn = textIn,
  imageCached = textCached,
): Rates {
  return { textIn, textCached, textOut, audioIn, audioCached, audioOut, imageIn, imageCached };
}

function of(provider: ProviderId, models: Readonly<Record<string, Rates>>): readonly Price[] {
  return Object.entries(models).map(([model, price]) => ({ provider, model, ...price }));
}

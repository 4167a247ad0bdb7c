import type { RateName } from '../../usage/prices.ts';

const rates: Readonly<Record<RateName, string>> = {
  textIn: 'Text in',
  textCached: 'Text in, cached',
  textOut: 'Text out',
  audioIn: 'Sound in',
  audioCached: 'Sound in, cached',
  audioOut: 'Sound out',
  imageIn: 'Pictures in',
  imageCached: 'Pictures in, cached',
};

/** The texts of usage and prices, which come with their panel and not before. */
export const usageWords = {
  nothing: 'Nothing has been used yet.',
  free: 'The embedded engine runs here and costs nothing.',
  inAll: 'In all',
  tokens: (n: string) => `${n} tokens`,
  unpriced: (n: number) =>
    n === 1
      ? 'One turn has no price and is not in the sum.'
      : `${n} turns have no price and are not in the sum.`,
  kinds: {
    textIn: 'Text in',
    audioIn: 'Sound in',
    imageIn: 'Pictures in',
    cached: 'of it cached',
    textOut: 'Text out',
    audioOut: 'Sound out',
    seconds: (s: string) => `${s} s`,
  },
  savings: {
    title: 'Your microphone',
    captured: 'Taken in',
    sent: 'Sent to the provider',
    saved: 'Not sent',
    percent: (share: number) => `${share} %`,
    worth: 'At the price of sound in',
    partlyFree: 'Your provider says that it does not charge for silence that it leaves out itself.',
  },
  turns: 'By turn',
  turn: (n: number) => (n === 0 ? 'Before you spoke' : `Turn ${n}`),
  noPrice: 'no price',
  prices: {
    title: 'Prices',
    model: 'Model',
    perMillion: 'US dollars for a million tokens',
    listed: (date: string) =>
      `List prices as gathered on ${date}; contracts, regions and time change them.`,
    source: 'The vendor’s price list',
    entered: 'Entered by you',
    forget: 'Back to the list price',
    cachedNote:
      'Where a provider does not say what was cached, text is taken first, so the sum may be a little high.',
    rates,
  },
} as const;

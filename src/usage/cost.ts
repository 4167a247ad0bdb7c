import type { Usage } from '#protocol/events.ts';
import { money } from '../words/formats.ts';
import { priceOf, type Price, type Rates } from './prices.ts';
import type { UsedTurn } from './turns.ts';

/**
 * Money in millionths of a millionth of a dollar, whole: a token at a price with six decimals per million costs a whole
 * number of them, so that thousands of turns add up to the last digit.
 */
export type Picodollars = bigint;

/** What tokens cost at these rates. */
export function costAt(usage: Usage, rates: Rates): Picodollars {
  const { inputTextTokens, inputAudioTokens, inputImageTokens = 0, inputCachedTokens } = usage;
  // Providers count cached tokens within the input and do not always say of which kind. Instructions and earlier
  // words stand at the beginning, so text is taken first: the cheaper saving, and never too low a sum.
  const cachedText = Math.min(inputCachedTokens, inputTextTokens);
  const cachedAudio = Math.min(inputCachedTokens - cachedText, inputAudioTokens);
  const cachedImage = Math.min(inputCachedTokens - cachedText - cachedAudio, inputImageTokens);
  return (
    part(inputTextTokens - cachedText, rates.textIn) +
    part(cachedText, rates.textCached) +
    part(inputAudioTokens - cachedAudio, rates.audioIn) +
    part(cachedAudio, rates.audioCached) +
    part(inputImageTokens - cachedImage, rates.imageIn) +
    part(cachedImage, rates.imageCached) +
    part(usage.outputTextTokens, rates.textOut) +
    part(usage.outputAudioTokens, rates.audioOut)
  );
}

/** What a turn cost; undefined where no price is known. The embedded engine costs nothing. */
export function costOf(turn: UsedTurn, prices: readonly Price[]): Picodollars | undefined {
  if (turn.provider === 'embedded') return 0n;
  const price = priceOf(prices, turn.provider, turn.model);
  return price && costAt(turn.usage, price);
}

export interface TotalCost {
  readonly sum: Picodollars;
  /** How many turns could not be counted, for want of a price. */
  readonly unpriced: number;
}

export function totalCost(turns: readonly UsedTurn[], prices: readonly Price[]): TotalCost {
  const costs = turns.map((turn) => costOf(turn, prices));
  return {
    sum: costs.reduce<Picodollars>((sum, cost) => sum + (cost ?? 0n), 0n),
    unpriced: costs.filter((cost) => cost === undefined).length,
  };
}

/** As a person reads money: cents where there are any, and as many digits as it takes where there are none. */
export function dollars(cost: Picodollars): string {
  const amount = Number(cost) / 1e12;
  const digits = amount >= 1 || amount === 0 ? 2 : amount >= 0.01 ? 3 : 5;
  return money(amount, digits);
}

function part(tokens: number, dollarsPerMillion: number): Picodollars {
  return BigInt(tokens) * BigInt(Math.round(dollarsPerMillion * 1e6));
}

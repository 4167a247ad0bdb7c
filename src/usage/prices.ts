import * as z from 'zod/mini';
import { providerId, type ProviderId } from '#protocol/provider.ts';

/** US dollars for a million tokens of each kind. */
export const rateNames = [
  'textIn',
  'textCached',
  'textOut',
  'audioIn',
  'audioCached',
  'audioOut',
  'imageIn',
  'imageCached',
] as const;
export type RateName = (typeof rateNames)[number];
export type Rates = Readonly<Record<RateName, number>>;

export const noRates: Rates = {
  textIn: 0,
  textCached: 0,
  textOut: 0,
  audioIn: 0,
  audioCached: 0,
  audioOut: 0,
  imageIn: 0,
  imageCached: 0,
};

const dollars = z.number().check(z.nonnegative(), z.maximum(100_000));
const rates = z.object({
  textIn: dollars,
  textCached: dollars,
  textOut: dollars,
  audioIn: dollars,
  audioCached: dollars,
  audioOut: dollars,
  // Prices that were entered before pictures could be shown have none for them.
  imageIn: z._default(dollars, 0),
  imageCached: z._default(dollars, 0),
});

/** What one model of one provider costs. */
export interface Price extends Rates {
  readonly provider: ProviderId;
  /** As the provider names it in its events; where a name only begins like this, it counts as well. */
  readonly model: string;
}

const edited = z.array(z.extend(rates, { provider: providerId, model: z.string() }));

/** The price of a model: what the person entered, else the list price of the longest name that fits. */
export function priceOf(
  prices: readonly Price[],
  provider: ProviderId,
  model: string,
): Price | undefined {
  const fitting = prices.filter(
    (price) => price.provider === provider && model.startsWith(price.model),
  );
  return fitting.reduce<Price | undefined>(
    (best, price) => (best && best.model.length >= price.model.length ? best : price),
    undefined,
  );
}

/** The table with this price in the place of the one for the same model. */
export function withPrice(prices: readonly Price[], price: Price): readonly Price[] {
  const others = prices.filter(
    ({ provider, model }) => provider !== price.provider || model !== price.model,
  );
  return [...others, price];
}

const storageKey = 'parley.prices';

/** The prices that the person has entered; what is broken is as if never entered. */
export function keptPrices(): readonly Price[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return edited.safeParse(kept).data ?? [];
  } catch {
    return [];
  }
}

export function keepPrices(prices: readonly Price[]): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(prices));
  } catch {
    // Storage may be switched off; the prices then last as long as the page.
  }
}

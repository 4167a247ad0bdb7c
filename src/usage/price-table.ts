import { listPrices } from './list-prices.ts';
import { keepPrices, keptPrices, withPrice, type Price } from './prices.ts';

/** The list prices with what the person has entered in their place. */
class PriceTable {
  readonly #changed = new Set<() => void>();
  #entered = keptPrices();
  #all = merged(this.#entered);

  readonly all = (): readonly Price[] => this.#all;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#changed.add(changed);
    return () => this.#changed.delete(changed);
  };

  isEntered({ provider, model }: Pick<Price, 'provider' | 'model'>): boolean {
    return this.#entered.some((price) => price.provider === provider && price.model === model);
  }

  enter(price: Price): void {
    this.#set(withPrice(this.#entered, price));
  }

  /** The list price counts again; a model that is on no list has none. */
  forget({ provider, model }: Pick<Price, 'provider' | 'model'>): void {
    this.#set(
      this.#entered.filter((price) => price.provider !== provider || price.model !== model),
    );
  }

  #set(entered: readonly Price[]): void {
    this.#entered = entered;
    this.#all = merged(entered);
    keepPrices(entered);
    for (const changed of this.#changed) changed();
  }
}

function merged(entered: readonly Price[]): readonly Price[] {
  return entered.reduce(withPrice, listPrices);
}

export const priceTable = new PriceTable();

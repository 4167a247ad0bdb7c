import { createStore } from 'zustand/vanilla';
import { isAmount } from './sums.ts';
import { listedModels, listedServices, type ModelPrice, type ServicePrice } from './price-list.ts';

export interface Prices {
  readonly models: readonly ModelPrice[];
  readonly services: readonly ServicePrice[];
  /** The model whose savings the table of recordings shows. */
  readonly modelId: string;
  readonly minutesADay: string;
  readonly callsADay: string;
}

const listed: Prices = {
  models: listedModels,
  services: listedServices,
  modelId: 'gpt-realtime',
  minutesADay: '60',
  callsADay: '1000',
};

const storageKey = 'parley.lab.prices';

/** The table as the person has changed it; kept in the browser as the few texts that differ. */
export const prices = createStore<Prices>(() => withEntered(listed, kept()));

prices.subscribe((now) => keep(entriesOf(now)));

export function resetPrices(): void {
  prices.setState(listed);
}

export function setModelPrice(
  id: string,
  change: Partial<Pick<ModelPrice, 'perMillion' | 'tokensPerSecond'>>,
): void {
  prices.setState(({ models }) => ({
    models: models.map((model) => (model.id === id ? { ...model, ...change } : model)),
  }));
}

export function setServicePrice(id: string, perThousand: string): void {
  prices.setState(({ services }) => ({
    services: services.map((service) =>
      service.id === id ? { ...service, perThousand } : service,
    ),
  }));
}

/** What the model of the table costs. */
export function chosenModel({ models, modelId }: Prices): ModelPrice | undefined {
  return models.find(({ id }) => id === modelId) ?? models[0];
}

/** Every number under a name of its own. */
function entriesOf({ models, services, minutesADay, callsADay, modelId }: Prices) {
  return Object.fromEntries([
    ...models.flatMap(({ id, perMillion, tokensPerSecond }) => [
      [`${id}.perMillion`, perMillion],
      [`${id}.tokensPerSecond`, tokensPerSecond],
    ]),
    ...services.map(({ id, perThousand }) => [`${id}.perThousand`, perThousand]),
    ['minutesADay', minutesADay],
    ['callsADay', callsADay],
    ['modelId', modelId],
  ]) as Record<string, string>;
}

function withEntered(table: Prices, entered: ReadonlyMap<string, string>): Prices {
  const amount = (name: string, otherwise: string): string => {
    const text = entered.get(name);
    return text !== undefined && isAmount(text) ? text : otherwise;
  };
  return {
    models: table.models.map((model) => ({
      ...model,
      perMillion: amount(`${model.id}.perMillion`, model.perMillion),
      tokensPerSecond: amount(`${model.id}.tokensPerSecond`, model.tokensPerSecond),
    })),
    services: table.services.map((service) => ({
      ...service,
      perThousand: amount(`${service.id}.perThousand`, service.perThousand),
    })),
    modelId: entered.get('modelId') ?? table.modelId,
    minutesADay: amount('minutesADay', table.minutesADay),
    callsADay: amount('callsADay', table.callsADay),
  };
}

/** What is broken is as if never entered. */
function kept(): ReadonlyMap<string, string> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    if (typeof value !== 'object' || value === null) return new Map();
    return new Map(
      Object.entries(value).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    );
  } catch {
    return new Map();
  }
}

function keep(entries: Readonly<Record<string, string>>): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(entries));
  } catch {
    // Storage may be switched off; the prices then last as long as the page.
  }
}

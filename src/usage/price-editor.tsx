import { ChevronRight } from 'lucide-react';
import { useId, useState, useSyncExternalStore } from 'react';
import { useConversation } from '../app/conversation-context.tsx';
import { Button } from '../design/button.tsx';
import { Select } from '../design/select.tsx';
import { dayText } from '../words/formats.ts';
import { usageWords } from '../words/usage.ts';
import { listPricesDate, priceSources } from './list-prices.ts';
import { noRates, priceOf, rateNames, type Price, type RateName } from './prices.ts';
import { priceTable } from './price-table.ts';

/** What a million tokens cost, to be set right by whoever knows better than a list. */
export function PriceEditor() {
  const prices = useSyncExternalStore(priceTable.subscribe, priceTable.all);
  const used = useConversation((state) => state.usage.at(-1));
  const [chosen, setChosen] = useState<string>();
  const found = used && priceOf(prices, used.provider, used.model);
  const ownModel = used && used.provider !== 'embedded' && !found ? used : undefined;
  const all: readonly Price[] = ownModel
    ? [{ provider: ownModel.provider, model: ownModel.model, ...noRates }, ...prices]
    : prices;
  const price = all.find((other) => keyOf(other) === chosen) ?? found ?? all[0];
  if (!price) return null;
  return (
    <details className="group mt-4 border-t border-line pt-1" open={ownModel !== undefined}>
      <summary className="flex min-h-target list-none items-center rounded text-sm font-medium [&::-webkit-details-marker]:hidden">
        {usageWords.prices.title}
        <ChevronRight
          aria-hidden="true"
          className="ml-auto size-4 text-muted transition-transform group-open:rotate-90"
        />
      </summary>
      <Select
        label={usageWords.prices.model}
        value={keyOf(price)}
        options={all.map((other) => ({
          value: keyOf(other),
          label: `${other.provider} · ${other.model}`,
        }))}
        onChange={setChosen}
      />
      <p className="mt-3 text-sm text-muted">{usageWords.prices.perMillion}</p>
      <div className="mt-1 grid grid-cols-2 gap-x-3 gap-y-2">
        {rateNames.map((name) => (
          <Rate key={`${keyOf(price)} ${name}`} name={name} price={price} />
        ))}
      </div>
      <Source price={price} />
      <p className="mt-2 text-xs text-muted">{usageWords.prices.cachedNote}</p>
    </details>
  );
}

function Rate({ name, price }: { name: RateName; price: Price }) {
  const id = useId();
  const [text, setText] = useState(String(price[name]));
  return (
    <div>
      <label htmlFor={id} className="block text-xs text-muted">
        {usageWords.prices.rates[name]}
      </label>
      <input
        id={id}
        type="number"
        inputMode="decimal"
        min={0}
        max={100_000}
        step="any"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          if (target.value !== '' && target.validity.valid) {
            priceTable.enter({ ...price, [name]: target.valueAsNumber });
          }
        }}
        className="mt-0.5 min-h-target w-full rounded-control border border-line-strong bg-surface px-3 text-sm tabular-nums"
      />
    </div>
  );
}

function Source({ price }: { price: Price }) {
  const source = priceSources.find(({ provider }) => provider === price.provider);
  return (
    <div className="mt-3 text-sm text-muted">
      {priceTable.isEntered(price) ? (
        <div className="flex flex-wrap items-center justify-between gap-2">
          {usageWords.prices.entered}
          <Button tone="quiet" onClick={() => priceTable.forget(price)}>
            {usageWords.prices.forget}
          </Button>
        </div>
      ) : (
        usageWords.prices.listed(dayText(listPricesDate))
      )}{' '}
      {source && (
        <a
          href={source.url}
          target="_blank"
          rel="noreferrer"
          className="inline-flex min-h-6 items-center underline underline-offset-2 hover:text-ink"
        >
          {usageWords.prices.source}
        </a>
      )}
    </div>
  );
}

function keyOf({ provider, model }: Price): string {
  return `${provider} ${model}`;
}

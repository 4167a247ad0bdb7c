import { useDeferredValue, useId, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../design/button.tsx';
import { dayText, fixed } from '../../words/formats.ts';
import { labWords } from '../../words/lab.ts';
import { silentShare } from '../findings.ts';
import { useLabState } from '../lab-context.tsx';
import { percent } from '../time-text.ts';
import { totalsOf } from '../totals.ts';
import { AmountField } from './amount-field.tsx';
import { pricesDate } from './price-list.ts';
import { prices, resetPrices, setModelPrice, setServicePrice } from './prices.ts';
import { costOfCalls, daysInMonth, dollars, monthOfSound } from './sums.ts';

/** What comparisons of such services promise at least, until there is something of the person's own. */
const assumedShare = 0.4;

/** What leaving out the silence saves, at prices that can be set right. */
export function CostCalculator({ className = '' }: { className?: string }) {
  const heading = useId();
  const totals = useDeferredValue(useTotals());
  const { minutesADay, callsADay } = useStore(prices);
  const measured = totals.heard > 0;
  const share = measured ? silentShare(totals) : assumedShare;
  return (
    <section aria-labelledby={heading} className={className}>
      <h2 id={heading} className="text-xl font-semibold tracking-tight">
        {labWords.cost.title}
      </h2>
      <p className="mt-1 text-sm text-muted">{labWords.cost.line}</p>
      <div className="mt-4 flex flex-wrap items-end gap-x-8 gap-y-4">
        <div>
          <p className="text-sm font-medium">{labWords.cost.share}</p>
          <p className="mt-1.5 flex min-h-target items-center gap-2">
            <span className="text-2xl font-semibold tabular-nums">{percent(share)}</span>
            <span className="text-sm text-muted">
              {measured ? labWords.cost.measured : labWords.cost.assumed}
            </span>
          </p>
        </div>
        <Amount label={labWords.cost.minutes}>
          <AmountField
            label={labWords.cost.minutes}
            value={minutesADay}
            className="w-32"
            onChange={(text) => prices.setState({ minutesADay: text })}
          />
        </Amount>
        <Amount label={labWords.cost.calls}>
          <AmountField
            label={labWords.cost.calls}
            value={callsADay}
            className="w-32"
            onChange={(text) => prices.setState({ callsADay: text })}
          />
        </Amount>
      </div>
      <div className="mt-6 grid gap-8 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Models share={share} />
        <Services msPer100={measured ? (totals.tookMs / totals.durationMs) * 100 : undefined} />
      </div>
      <p className="mt-4 max-w-3xl text-xs text-muted">
        {labWords.cost.gathered(dayText(pricesDate))} {labWords.cost.textOnly}
      </p>
      <Button tone="quiet" className="mt-1 -ml-4" onClick={resetPrices}>
        {labWords.cost.reset}
      </Button>
    </section>
  );
}

function useTotals() {
  const recordings = useLabState((state) => state.recordings);
  const settings = useLabState((state) => state.settings);
  return totalsOf(recordings, settings);
}

function Amount({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <p aria-hidden="true" className="mb-1.5 text-sm font-medium">
        {label}
      </p>
      {children}
    </div>
  );
}

const head = 'px-2 py-2 text-right align-bottom font-medium text-muted first:pl-0 first:text-left';
const cell = 'px-2 py-1.5 text-right tabular-nums first:pl-0 first:text-left';

function Headings({ of }: { of: readonly ReactNode[] }) {
  return (
    <tr className="border-b border-line">
      {of.map((name, column) => (
        <th key={column} scope="col" className={head}>
          {name}
        </th>
      ))}
    </tr>
  );
}

interface PriceTableProps {
  title: string;
  /** Below it the table scrolls. */
  width: 'min-w-96' | 'min-w-160';
  children: ReactNode;
}

function PriceTable({ title, width, children }: PriceTableProps) {
  return (
    <div className="min-w-0">
      <h3 className="text-sm font-semibold">{title}</h3>
      <div
        className="mt-1 overflow-x-auto"
        role="region"
        aria-label={title}
        // So that the arrow keys can move what does not fit.
        tabIndex={0}
      >
        <table className={`w-full ${width} text-sm`}>{children}</table>
      </div>
    </div>
  );
}

function Models({ share }: { share: number }) {
  const { models, minutesADay, modelId } = useStore(prices);
  const name = useId();
  return (
    <PriceTable title={labWords.cost.models} width="min-w-160">
      <thead>
        <Headings
          of={[
            labWords.cost.model,
            <>
              {labWords.cost.saved}
              <span className="block text-xs font-normal">{labWords.cost.perMonth}</span>
            </>,
            labWords.cost.whole,
            labWords.cost.cut,
            labWords.cost.perMillion,
            labWords.cost.tokensPerSecond,
          ]}
        />
      </thead>
      <tbody>
        {models.map((model) => {
          const month = monthOfSound(minutesADay, share, model);
          return (
            <tr key={model.id} className="border-b border-line">
              <th scope="row" className={`${cell} font-normal`}>
                <label className="flex cursor-pointer items-center gap-2.5">
                  <input
                    type="radio"
                    name={name}
                    title={labWords.cost.used}
                    checked={model.id === modelId}
                    onChange={() => prices.setState({ modelId: model.id })}
                    className="size-5 shrink-0 accent-ink"
                  />
                  {model.name}
                </label>
                <SourceLink vendor={model.vendor} url={model.url} className="ml-7.5" />
              </th>
              <td className={`${cell} font-semibold`}>{dollars(month.saved)}</td>
              <td className={cell}>{dollars(month.whole)}</td>
              <td className={cell}>{dollars(month.cut)}</td>
              <td className={cell}>
                <AmountField
                  label={`${model.name}, ${labWords.cost.perMillion}`}
                  value={model.perMillion}
                  onChange={(perMillion) => setModelPrice(model.id, { perMillion })}
                />
              </td>
              <td className={cell}>
                <AmountField
                  label={`${model.name}, ${labWords.cost.tokensPerSecond}`}
                  value={model.tokensPerSecond}
                  onChange={(tokensPerSecond) => setModelPrice(model.id, { tokensPerSecond })}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </PriceTable>
  );
}

function Services({ msPer100 }: { msPer100: number | undefined }) {
  const { services, callsADay } = useStore(prices);
  return (
    <PriceTable title={labWords.cost.services} width="min-w-96">
      <thead>
        <Headings
          of={[
            labWords.cost.service,
            labWords.cost.perThousand,
            labWords.cost.latency,
            labWords.cost.perMonth,
          ]}
        />
      </thead>
      <tbody>
        {services.map(({ id, name, vendor, url, perThousand, latencyMs }) => (
          <tr key={id} className="border-b border-line">
            <th scope="row" className={`${cell} font-normal`}>
              {name}
              <SourceLink vendor={vendor} url={url} />
            </th>
            <td className={cell}>
              <AmountField
                label={`${name}, ${labWords.cost.perThousand}`}
                value={perThousand}
                onChange={(text) => setServicePrice(id, text)}
              />
            </td>
            <td className={cell}>{labWords.settings.ms(Number(latencyMs))}</td>
            <td className={cell}>
              {dollars(costOfCalls(callsADay, perThousand).times(daysInMonth))}
            </td>
          </tr>
        ))}
        <tr>
          <th scope="row" className={`${cell} py-3 font-semibold`}>
            {labWords.cost.ours}
          </th>
          <td className={cell}>0</td>
          <td className={cell}>
            {msPer100 === undefined
              ? labWords.cost.oursUnmeasured
              : labWords.cost.oursLatency(fixed(msPer100, 2))}
          </td>
          <td className={`${cell} font-semibold`}>$0.00</td>
        </tr>
      </tbody>
    </PriceTable>
  );
}

function SourceLink({
  vendor,
  url,
  className = '',
}: {
  vendor: string;
  url: string;
  className?: string;
}) {
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer"
      className={`block w-fit py-0.5 text-xs text-muted underline underline-offset-2 hover:text-ink ${className}`}
    >
      {labWords.cost.source(vendor)}
    </a>
  );
}

import { useSyncExternalStore } from 'react';
import { useConversation } from '../app/conversation-context.tsx';
import { usageWords } from '../words/usage.ts';
import { dollars } from './cost.ts';
import { priceTable } from './price-table.ts';
import { savingsOf } from './savings.ts';

const said = usageWords.savings;

/** How much of what the microphone took in was sent to a provider at all. */
export function SavingsLines() {
  const metered = useConversation((state) => state.metered);
  const prices = useSyncExternalStore(priceTable.subscribe, priceTable.all);
  const savings = savingsOf(metered, prices);
  if (!savings) return null;
  const { capturedMs, sentMs, percentSaved, saved, partlyFree } = savings;
  const seconds = (ms: number): string => usageWords.kinds.seconds((ms / 1000).toFixed(1));
  return (
    <section className="mt-4 text-sm">
      <h3 className="font-medium">{said.title}</h3>
      <dl className="mt-1">
        <Line name={said.captured} value={seconds(capturedMs)} />
        <Line name={said.sent} value={seconds(sentMs)} />
        <Line name={said.saved} value={said.percent(percentSaved)} />
        {saved !== undefined && <Line name={said.worth} value={dollars(saved)} />}
      </dl>
      {partlyFree && percentSaved > 0 && <p className="mt-1 text-muted">{said.partlyFree}</p>}
    </section>
  );
}

function Line({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex justify-between gap-4 py-0.5">
      <dt className="text-muted">{name}</dt>
      <dd className="tabular-nums">{value}</dd>
    </div>
  );
}

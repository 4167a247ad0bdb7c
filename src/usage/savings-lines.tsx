import { useSyncExternalStore } from 'react';
import { useConversation } from '../app/conversation-context.tsx';
import { fixed } from '../words/formats.ts';
import { usageWords } from '../words/usage.ts';
import { dollars } from './cost.ts';
import { priceTable } from './price-table.ts';
import { savingsOf } from './savings.ts';

/** How much of what the microphone took in was sent to a provider at all. */
export function SavingsLines() {
  const metered = useConversation((state) => state.metered);
  const prices = useSyncExternalStore(priceTable.subscribe, priceTable.all);
  const savings = savingsOf(metered, prices);
  if (!savings) return null;
  const { capturedMs, sentMs, percentSaved, saved, partlyFree } = savings;
  const seconds = (ms: number): string => usageWords.kinds.seconds(fixed(ms / 1000, 1));
  return (
    <section className="mt-4 text-sm">
      <h3 className="font-medium">{usageWords.savings.title}</h3>
      <dl className="mt-1">
        <Line name={usageWords.savings.captured} value={seconds(capturedMs)} />
        <Line name={usageWords.savings.sent} value={seconds(sentMs)} />
        <Line name={usageWords.savings.saved} value={usageWords.savings.percent(percentSaved)} />
        {saved !== undefined && <Line name={usageWords.savings.worth} value={dollars(saved)} />}
      </dl>
      {partlyFree && percentSaved > 0 && (
        <p className="mt-1 text-muted">{usageWords.savings.partlyFree}</p>
      )}
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

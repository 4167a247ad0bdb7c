import { Coins } from 'lucide-react';
import { useRef, useState, useSyncExternalStore } from 'react';
import { useConversation } from '../app/conversation-context.tsx';
import { Late } from '../app/late.tsx';
import { UsagePanel } from '../app/late-parts.ts';
import { words } from '../words/page.ts';
import { dollars, totalCost } from './cost.ts';
import { priceTable } from './price-table.ts';

/** What the conversation has cost so far; opens where it went. */
export default function UsageButton({ onInspect }: { onInspect: () => void }) {
  const usage = useConversation((state) => state.usage);
  const free = useConversation(({ capabilities }) => capabilities?.offer.provider === 'embedded');
  const prices = useSyncExternalStore(priceTable.subscribe, priceTable.all);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (usage.length === 0 && !free) return null;
  const { sum, unpriced } = totalCost(usage, prices);
  const nothingPriced = unpriced > 0 && sum === 0n;
  const text =
    free && sum === 0n ? words.usage.free : nothingPriced ? words.usage.unknown : dollars(sum);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        title={words.usage.title}
        onClick={() => setOpen(!open)}
        className="flex min-h-target shrink-0 items-center gap-1.5 rounded-full px-2 text-sm text-muted tabular-nums transition-colors hover:bg-sunken hover:text-ink sm:px-3"
      >
        <Coins aria-hidden="true" className="size-4 max-sm:hidden" />
        <span className="sr-only">{words.usage.title}: </span>
        {text}
      </button>
      {open && (
        <Late>
          <UsagePanel
            anchor={button}
            onClose={() => setOpen(false)}
            onInspect={() => {
              setOpen(false);
              onInspect();
            }}
          />
        </Late>
      )}
    </>
  );
}

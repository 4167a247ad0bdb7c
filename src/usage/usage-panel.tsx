import { ChartGantt } from 'lucide-react';
import { useSyncExternalStore, type RefObject } from 'react';
import type { Usage } from '#protocol/events.ts';
import { useConversation } from '../app/conversation-context.tsx';
import { Button } from '../design/button.tsx';
import { Popover } from '../design/popover.tsx';
import { fixed, grouped } from '../words/formats.ts';
import { words } from '../words/page.ts';
import { usageWords as said } from '../words/usage.ts';
import { costOf, dollars, totalCost } from './cost.ts';
import { PriceEditor } from './price-editor.tsx';
import { priceTable } from './price-table.ts';
import { SavingsLines } from './savings-lines.tsx';
import { tokensOf, totalUsage } from './turns.ts';

interface UsagePanelProps {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
  /** Shows each turn in detail. */
  onInspect: () => void;
}

export default function UsagePanel({ anchor, onClose, onInspect }: UsagePanelProps) {
  const turns = useConversation((state) => state.usage);
  const free = useConversation(({ capabilities }) => capabilities?.offer.provider === 'embedded');
  const prices = useSyncExternalStore(priceTable.subscribe, priceTable.all);
  const { sum, unpriced } = totalCost(turns, prices);
  return (
    <Popover title={words.usage.title} anchor={anchor} onClose={onClose}>
      {free && <p className="text-sm text-muted">{said.free}</p>}
      {turns.length === 0 ? (
        !free && <p className="text-sm text-muted">{said.nothing}</p>
      ) : (
        <>
          <div className="mt-1 flex items-baseline justify-between gap-4">
            <span className="text-xl font-semibold tabular-nums">
              {free && sum === 0n ? words.usage.free : dollars(sum)}
            </span>
            <span className="text-sm text-muted tabular-nums">{amount(totalUsage(turns))}</span>
          </div>
          {unpriced > 0 && <p className="mt-1 text-sm">{said.unpriced(unpriced)}</p>}
          <Kinds />
          <h3 className="mt-4 text-sm font-medium">{said.turns}</h3>
          <ol className="mt-1 max-h-48 divide-y divide-line overflow-y-auto border-y border-line text-sm tabular-nums">
            {turns
              .map((turn, index) => {
                const cost = costOf(turn, prices);
                return (
                  <li key={index} className="flex justify-between gap-3 py-2">
                    <span>{said.turn(turn.turn)}</span>
                    <span className="text-muted">
                      {amount(turn.usage)}
                      <span className="ml-3 text-ink">
                        {cost === undefined ? said.noPrice : dollars(cost)}
                      </span>
                    </span>
                  </li>
                );
              })
              .reverse()}
          </ol>
        </>
      )}
      <SavingsLines />
      <Button icon={ChartGantt} className="mt-4 w-full" onClick={onInspect}>
        {words.help.inspector}
      </Button>
      <PriceEditor />
    </Popover>
  );
}

/** How much it was: in tokens, or in time where a provider counts none. */
function amount(usage: Usage): string {
  const tokens = tokensOf(usage);
  const ms = usage.inputAudioMs + usage.outputAudioMs;
  return tokens === 0 && ms > 0
    ? said.kinds.seconds(fixed(ms / 1000, 1))
    : said.tokens(grouped(tokens));
}

/** Where the tokens and the time went. */
function Kinds() {
  const usage = totalUsage(useConversation((state) => state.usage));
  const { kinds } = said;
  const seconds = (ms: number): string | undefined =>
    ms > 0 ? kinds.seconds(fixed(ms / 1000, 1)) : undefined;
  const lines = [
    [kinds.textIn, usage.inputTextTokens, undefined],
    [kinds.audioIn, usage.inputAudioTokens, seconds(usage.inputAudioMs)],
    [kinds.imageIn, usage.inputImageTokens ?? 0, undefined],
    [kinds.cached, usage.inputCachedTokens, undefined],
    [kinds.textOut, usage.outputTextTokens, undefined],
    [kinds.audioOut, usage.outputAudioTokens, seconds(usage.outputAudioMs)],
  ] as const;
  return (
    <dl className="mt-3 text-sm">
      {lines
        .filter(([, tokens, time]) => tokens > 0 || time !== undefined)
        .map(([name, tokens, time]) => (
          <div key={name} className="flex justify-between gap-4 py-0.5">
            <dt className="text-muted">{name}</dt>
            <dd className="tabular-nums">
              {time !== undefined && <span className="text-muted">{time}</span>}
              {tokens > 0 && <span className="ml-3">{grouped(tokens)}</span>}
            </dd>
          </div>
        ))}
    </dl>
  );
}

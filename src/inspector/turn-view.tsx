import { useSyncExternalStore, type ReactNode } from 'react';
import { dollars } from '../usage/cost.ts';
import { priceTable } from '../usage/price-table.ts';
import { tokensOf } from '../usage/turns.ts';
import { inspectorWords } from '../words/inspector.ts';
import { grouped } from '../words/formats.ts';
import { durationNames, durationsOf } from './durations.ts';
import { heardIn, saidIn } from './exporting.ts';
import { inMs } from './figures.ts';
import { MarkTable } from './mark-table.tsx';
import type { ProbabilityTrace } from './probability-trace.ts';
import { useProviderName } from './provider-name.ts';
import type { Turn, TurnRecords } from './records.ts';
import { TimeLinePlot } from './time-line-plot.tsx';
import { timeLineOf } from './time-line.ts';
import { costOfTurn, usageOfTurn } from './turn-cost.ts';

interface TurnViewProps {
  records: TurnRecords;
  turn: Turn;
  trace: ProbabilityTrace;
  noCurve: string;
}

/** One turn: its time line, the same as a table, and what it took. */
export function TurnView({ records, turn, trace, noCurve }: TurnViewProps) {
  const line = timeLineOf(records, turn);
  const durations = durationsOf(records, turn);
  const nameOf = useProviderName();
  return (
    <section aria-label={inspectorWords.turn(turn.number)}>
      <h3 className="text-sm font-medium">
        {inspectorWords.turn(turn.number)}
        <span className="ml-2 font-normal text-muted">
          {inspectorWords.via[turn.via]}, {nameOf(turn.provider)}
        </span>
      </h3>
      <dl className="mt-2 space-y-1 text-sm">
        <Text name={inspectorWords.said} text={saidIn(turn)} />
        <Text name={inspectorWords.heard} text={heardIn(turn)} />
        <Text name={inspectorWords.unheard} text={turn.cut?.unheard ?? ''} />
      </dl>
      <TimeLinePlot
        label={inspectorWords.plot(turn.number)}
        line={line}
        points={trace.between(line.fromMs, line.toMs)}
        noCurve={noCurve}
      />
      <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-2 text-sm sm:grid-cols-4">
        {durationNames.map((name) => (
          <Figure key={name} name={inspectorWords.durations[name]}>
            {inMs(durations[name])}
          </Figure>
        ))}
        <Cost turn={turn} />
      </dl>
      <MarkTable line={line} />
      <p className="mt-2 text-xs text-muted">{inspectorWords.clockNote}</p>
    </section>
  );
}

function Cost({ turn }: { turn: Turn }) {
  const prices = useSyncExternalStore(priceTable.subscribe, priceTable.all);
  const usage = usageOfTurn(turn);
  const cost = costOfTurn(turn, prices);
  if (!usage) return null;
  const tokens = tokensOf(usage);
  return (
    <Figure name={inspectorWords.cost}>
      {cost === undefined ? inspectorWords.noPrice : dollars(cost)}
      {tokens > 0 && <span className="text-muted">, {inspectorWords.tokens(grouped(tokens))}</span>}
    </Figure>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}

function Text({ name, text }: { name: string; text: string }) {
  if (text === '') return null;
  return (
    <div>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="line-clamp-3 wrap-break-word">{text}</dd>
    </div>
  );
}

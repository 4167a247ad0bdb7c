import { useState, useSyncExternalStore } from 'react';
import { inspectorWords } from '../words/inspector.ts';
import { PercentileTables } from './percentile-tables.tsx';
import { SaveTurns } from './save-turns.tsx';
import type { TurnLog } from './turn-log.ts';
import { TurnList } from './turn-list.tsx';
import { TurnView } from './turn-view.tsx';

interface InspectedTurnsProps {
  log: TurnLog;
  /** What to say where the detector's curve is missing. */
  noCurve: string;
}

/** The turns of a log: which there are, one of them in every detail, and how all of them spread. */
export function InspectedTurns({ log, noCurve }: InspectedTurnsProps) {
  const records = useSyncExternalStore(log.subscribe, log.records);
  const [chosen, setChosen] = useState<number>();
  const { turns } = records;
  const turn = turns.find(({ number }) => number === chosen) ?? turns.at(-1);
  if (!turn) {
    return (
      <div className="pb-4 text-sm">
        <p className="font-medium">{inspectorWords.empty}</p>
        <p className="mt-1 text-muted">{inspectorWords.emptyNote}</p>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-6 pb-2">
      <TurnList records={records} chosen={turn.number} onChoose={setChosen} />
      <TurnView records={records} turn={turn} trace={log.trace} noCurve={noCurve} />
      <PercentileTables records={records} />
      <SaveTurns log={log} />
    </div>
  );
}

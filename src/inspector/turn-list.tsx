import { Scissors, Wrench } from 'lucide-react';
import { inspectorWords } from '../words/inspector.ts';
import { durationsOf } from './durations.ts';
import { heardIn, saidIn } from './exporting.ts';
import { inSeconds } from './figures.ts';
import type { Turn, TurnRecords } from './records.ts';

interface TurnListProps {
  records: TurnRecords;
  chosen: number;
  onChoose: (number: number) => void;
}

/** The turns, the newest first; one of them is looked at. */
export function TurnList({ records, chosen, onChoose }: TurnListProps) {
  return (
    <section>
      <h3 className="text-sm font-medium">{inspectorWords.turns}</h3>
      <ol
        reversed
        aria-label={inspectorWords.turns}
        className="mt-1 max-h-44 divide-y divide-line overflow-y-auto border-y border-line text-sm"
      >
        {records.turns.toReversed().map((turn) => (
          <li key={turn.number}>
            <button
              type="button"
              aria-pressed={turn.number === chosen}
              onClick={() => onChoose(turn.number)}
              className="flex min-h-target w-full items-center gap-3 px-2 text-left hover:bg-sunken aria-pressed:bg-sunken aria-pressed:font-medium"
            >
              <span className="shrink-0 text-muted tabular-nums">{turn.number}</span>
              <span className="min-w-0 flex-1 truncate">{textOf(turn)}</span>
              {turn.tools.length > 0 && (
                <Wrench aria-label={inspectorWords.lanes.tool} className="size-4 shrink-0" />
              )}
              {turn.cut && (
                <Scissors aria-label={inspectorWords.marks.cut} className="size-4 shrink-0" />
              )}
              <span className="shrink-0 text-muted tabular-nums">
                {inSeconds(durationsOf(records, turn).answer)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function textOf(turn: Turn): string {
  return saidIn(turn) || heardIn(turn) || inspectorWords.via[turn.via];
}

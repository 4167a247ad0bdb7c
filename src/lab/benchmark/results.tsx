import { Download } from 'lucide-react';
import { useDeferredValue, useId, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../design/button.tsx';
import { Select } from '../../design/select.tsx';
import { labWords } from '../../words/lab.ts';
import { useLabState } from '../lab-context.tsx';
import { AreaPlot } from './area-plot.tsx';
import { resultOf } from './benchmark.ts';
import type { Comparison, HeardRecording } from './comparison.ts';
import { conditions } from './conditions.ts';
import { detectorNames } from './detectors/names.ts';
import { ResultTable } from './result-table.tsx';
import { RocPlot } from './roc-plot.tsx';
import { savePlot } from './save-plot.ts';

const everything = 'all';

interface ResultsProps {
  comparison: Comparison;
  collarMs: number;
}

/** What came of it: of all conditions together or of one, and the conditions side by side. */
export function Results({ comparison, collarMs }: ResultsProps) {
  const roc = useId();
  const areas = useId();
  const [wanted, setWanted] = useState<string>(everything);
  const settings = useDeferredValue(useLabState((state) => state.settings));
  const settled = useStore(comparison.store, (state) => state.settled);
  const chosen = useStore(comparison.store, (state) => state.conditions);
  const detectors = useStore(comparison.store, (state) => state.detectors);
  const groups = useMemo(() => {
    const resultsOf = (recordings: readonly HeardRecording[]) =>
      detectorNames
        .filter((name) => detectors.has(name))
        .flatMap((name) => resultOf(name, recordings, settings, collarMs) ?? []);
    const heard = settled.filter(({ recording }) => chosen.has(recording.condition));
    return {
      all: resultsOf(heard),
      each: conditions.flatMap((condition) => {
        const results = resultsOf(
          heard.filter(({ recording }) => recording.condition === condition),
        );
        return results.length > 0 ? [{ condition, results }] : [];
      }),
    };
  }, [settled, chosen, detectors, settings, collarMs]);
  const shown = groups.each.find(({ condition }) => condition === wanted)?.results ?? groups.all;
  if (groups.all.length === 0) return null;
  return (
    <div className="mt-6">
      {groups.each.length > 1 && (
        <div className="mb-3 max-w-60">
          <Select
            label={labWords.benchmark.shown}
            value={wanted}
            options={[
              { value: everything, label: labWords.benchmark.allConditions },
              ...groups.each.map(({ condition }) => ({
                value: condition,
                label: labWords.benchmark.conditions[condition],
              })),
            ]}
            onChange={setWanted}
          />
        </div>
      )}
      <ResultTable results={shown} />
      <p className="mt-2 max-w-3xl text-xs text-muted">
        {labWords.benchmark.note} {labWords.benchmark.rules}
      </p>
      <div className="mt-4 flex flex-wrap items-start gap-4">
        <Plot save={labWords.benchmark.saveRoc} onSave={() => savePlot(roc, 'roc.svg')}>
          <RocPlot id={roc} results={shown} />
        </Plot>
        {groups.each.length > 1 && (
          <Plot
            save={labWords.benchmark.saveByCondition}
            onSave={() => savePlot(areas, 'roc-areas.svg')}
          >
            <AreaPlot id={areas} groups={groups.each} />
          </Plot>
        )}
      </div>
    </div>
  );
}

interface PlotProps {
  save: string;
  onSave: () => void;
  children: ReactNode;
}

function Plot({ save, onSave, children }: PlotProps) {
  return (
    <div className="w-full max-w-84 rounded-card border border-line bg-surface p-3">
      {children}
      <Button tone="quiet" icon={Download} onClick={onSave}>
        {save}
      </Button>
    </div>
  );
}

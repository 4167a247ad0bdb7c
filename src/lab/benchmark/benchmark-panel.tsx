import { Download } from 'lucide-react';
import { useDeferredValue, useId, useMemo } from 'react';
import { Button } from '../../design/button.tsx';
import { labWords } from '../../words/lab.en.ts';
import { save } from '../../saving/save.ts';
import { useLabState } from '../lab-context.tsx';
import { benchmark, labelledOf } from './benchmark.ts';
import { colours, RocPlot } from './roc-plot.tsx';

const said = labWords.benchmark;

/** The detector against labels that a person has made, beside one that only knows how loud it is. */
export function BenchmarkPanel({ className = '' }: { className?: string }) {
  const heading = useId();
  const plot = useId();
  const recordings = useLabState((state) => state.recordings);
  const labels = useLabState((state) => state.labels);
  const problems = useLabState((state) => state.labelProblems);
  const settings = useDeferredValue(useLabState((state) => state.settings));
  const labelled = useMemo(() => labelledOf(recordings, labels), [recordings, labels]);
  const results = useMemo(() => benchmark(labelled, settings), [labelled, settings]);
  return (
    <section aria-labelledby={heading} className={className}>
      <h2 id={heading} className="text-xl font-semibold tracking-tight">
        {said.title}
      </h2>
      <p className="mt-1 max-w-3xl text-sm text-muted">{said.line}</p>
      {problems.map(({ name, message }) => (
        <p key={name} role="alert" className="mt-2 text-sm">
          {said.unreadable(name, message)}
        </p>
      ))}
      {labels.length > 0 && (
        <p role="status" className="mt-2 text-sm">
          {said.labelled(labelled.length, labels.length)}
        </p>
      )}
      {labelled.length > 0 && (
        <div className="mt-4 grid items-start gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="overflow-x-auto" role="region" aria-label={said.title} tabIndex={0}>
            <table className="w-full min-w-136 text-sm">
              <thead>
                <tr className="border-b border-line">
                  {said.columns.map((name) => (
                    <th
                      key={name}
                      scope="col"
                      className="px-2 py-2 text-right font-medium text-muted first:pl-0 first:text-left"
                    >
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody className="tabular-nums">
                {results.map((result) => (
                  <tr key={result.detector} className="border-b border-line">
                    <th scope="row" className="py-2.5 text-left font-medium">
                      <svg viewBox="0 0 16 4" aria-hidden="true" className="mr-2 inline-block w-4">
                        <rect width="16" height="4" fill={colours[result.detector]} />
                      </svg>
                      {said.detectors[result.detector]}
                    </th>
                    {[
                      share(result.precision),
                      share(result.recall),
                      share(result.f1),
                      result.roc ? share(result.roc.auc) : said.none,
                      ms(result.onsetMs),
                      ms(result.offsetMs),
                      `${result.missed} / ${result.stretches}`,
                    ].map((text, column) => (
                      <td key={column} className="px-2 py-2.5 text-right">
                        {text}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
            <p className="mt-2 text-xs text-muted">{said.note}</p>
          </div>
          <div className="rounded-card border border-line bg-surface p-3">
            <RocPlot id={plot} results={results} />
            <Button tone="quiet" icon={Download} onClick={() => savePlot(plot)}>
              {said.savePlot}
            </Button>
          </div>
        </div>
      )}
    </section>
  );
}

/** As an SVG file, with the colours of the theme in the place of their names. */
function savePlot(id: string): void {
  const element = document.getElementById(id);
  if (!element) return;
  const style = getComputedStyle(element);
  const svg = new XMLSerializer()
    .serializeToString(element)
    .replace(/var\((--[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim());
  save('roc.svg', new Blob([svg], { type: 'image/svg+xml' }));
}

function share(value: number): string {
  return Number.isNaN(value) ? said.none : value.toFixed(3);
}

function ms(value: number): string {
  if (Number.isNaN(value)) return said.none;
  const rounded = Math.round(value);
  return labWords.settings.ms(rounded).replace(/^(?=[1-9])/, '+');
}

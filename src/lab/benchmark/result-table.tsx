import { labWords } from '../../words/lab.ts';
import { fixed } from '../../words/formats.ts';
import type { DetectorResult, Spread } from './benchmark.ts';
import type { Interval } from './confidence.ts';
import { looks } from './looks.ts';

/** One row for each detector; below each figure stands how sure it is, or how it is spread. */
export function ResultTable({ results }: { results: readonly DetectorResult[] }) {
  return (
    <div
      className="overflow-x-auto"
      role="region"
      aria-label={labWords.benchmark.scores}
      tabIndex={0}
    >
      <table className="w-full min-w-208 text-sm">
        <thead>
          <tr className="border-b border-line">
            {Object.values(labWords.benchmark.columns).map((name) => (
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
            <tr key={result.detector} className="border-b border-line align-top">
              <th scope="row" className="py-2.5 text-left font-medium whitespace-nowrap">
                <svg viewBox="0 0 24 4" aria-hidden="true" className="mr-2 inline-block w-6">
                  <line
                    x2="24"
                    y1="2"
                    y2="2"
                    stroke={looks[result.detector].colour}
                    strokeWidth="3"
                    strokeDasharray={looks[result.detector].dashes}
                  />
                </svg>
                {labWords.benchmark.detectors[result.detector]}
              </th>
              <Score value={result.precision} interval={result.intervals?.precision} />
              <Score value={result.recall} interval={result.intervals?.recall} />
              <Score value={result.f1} interval={result.intervals?.f1} />
              <Score value={result.roc?.auc ?? NaN} interval={result.intervals?.auc} />
              <Edge spread={result.onsetMs} />
              <Edge spread={result.offsetMs} />
              <Cell>{`${result.missed} / ${result.stretches}`}</Cell>
              <Cell
                below={labWords.benchmark.tails(
                  short(result.msPerSecond.p50),
                  short(result.msPerSecond.p95),
                )}
              >
                {`${short(result.msPerSecond.mean)} ms`}
              </Cell>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ children, below }: { children: string; below?: string | undefined }) {
  return (
    <td className="px-2 py-2.5 text-right whitespace-nowrap">
      {children}
      {below !== undefined && <span className="block text-xs text-muted">{below}</span>}
    </td>
  );
}

function Score({ value, interval }: { value: number; interval: Interval | undefined }) {
  const below =
    interval && !Number.isNaN(interval.low)
      ? labWords.benchmark.interval(share(interval.low), share(interval.high))
      : undefined;
  return <Cell below={below}>{share(value)}</Cell>;
}

function Edge({ spread }: { spread: Spread }) {
  const none = Number.isNaN(spread.p50);
  return (
    <Cell below={none ? undefined : labWords.benchmark.most(late(spread.p90))}>
      {late(spread.p50)}
    </Cell>
  );
}

function share(value: number): string {
  return Number.isNaN(value) ? labWords.benchmark.none : fixed(value, 3);
}

function short(ms: number): string {
  return ms < 10 ? fixed(ms, 1) : Math.round(ms).toString();
}

/** With its sign, since an edge may be early. */
function late(ms: number): string {
  if (Number.isNaN(ms)) return labWords.benchmark.none;
  return labWords.settings.ms(Math.round(ms)).replace(/^(?=[1-9])/, '+');
}

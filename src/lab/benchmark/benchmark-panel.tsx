import { Play, Square } from 'lucide-react';
import { useEffect, useId, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../design/button.tsx';
import { Choice } from '../../design/choice.tsx';
import { labWords } from '../../words/lab.ts';
import { useLabState } from '../lab-context.tsx';
import { Choices, Group } from './choices.tsx';
import { Comparison } from './comparison.ts';
import { ownRecordings, suppliedRecordings } from './conditions.ts';
import { Results } from './results.tsx';

/** Half of what is left out where scores are said to be lenient, in ms. */
const usualCollarMs = 50;

/** Detectors against labels: those of recordings that come with the page, and a person's own. */
export function BenchmarkPanel({ className = '' }: { className?: string }) {
  const heading = useId();
  const [comparison] = useState(() => new Comparison());
  const [collarMs, setCollarMs] = useState(0);
  const recordings = useLabState((state) => state.recordings);
  const labels = useLabState((state) => state.labels);
  const problems = useLabState((state) => state.labelProblems);
  const own = useMemo(() => ownRecordings(recordings, labels), [recordings, labels]);
  useEffect(() => {
    comparison.setRecordings([...suppliedRecordings, ...own]);
  }, [comparison, own]);
  useEffect(() => () => comparison.stop(), [comparison]);
  return (
    <section aria-labelledby={heading} className={className}>
      <h2 id={heading} className="text-xl font-semibold tracking-tight">
        {labWords.benchmark.title}
      </h2>
      <p className="mt-1 max-w-3xl text-sm text-muted">{labWords.benchmark.line}</p>
      {problems.map(({ name, message }) => (
        <p key={name} role="alert" className="mt-2 text-sm">
          {labWords.benchmark.unreadable(name, message)}
        </p>
      ))}
      {labels.length > 0 && (
        <p role="status" className="mt-2 text-sm">
          {labWords.benchmark.labelled(own.length, labels.length)}
        </p>
      )}
      <div className="mt-4 grid gap-x-8 gap-y-4 sm:grid-cols-3">
        <Choices comparison={comparison} own={own.some(({ condition }) => condition === 'own')} />
        <Group title={labWords.benchmark.scoring}>
          <Choice
            type="checkbox"
            label={labWords.benchmark.collar(usualCollarMs)}
            note={labWords.benchmark.collarNote}
            checked={collarMs > 0}
            onChange={(checked) => setCollarMs(checked ? usualCollarMs : 0)}
          />
        </Group>
      </div>
      <p className="mt-2 max-w-3xl text-xs text-muted">
        {labWords.benchmark.ownLine} {labWords.benchmark.made}
      </p>
      <Work comparison={comparison} />
      <Results comparison={comparison} collarMs={collarMs} />
    </section>
  );
}

/** How far the hearing is. */
function Work({ comparison }: { comparison: Comparison }) {
  const working = useStore(comparison.store, (state) => state.working);
  const problem = useStore(comparison.store, (state) => state.problem);
  const state = useStore(comparison.store);
  const { done, all } = comparison.progress(state);
  if (all === 0) return <p className="mt-4 text-sm">{labWords.benchmark.choose}</p>;
  return (
    <div className="mt-4">
      {problem && (
        <p role="alert" className="mb-2 text-sm">
          {labWords.benchmark.failed(problem.name, labWords.problem(problem.problem))}
        </p>
      )}
      {done < all && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <div className="min-w-0 flex-1 basis-48">
            <progress
              aria-label={labWords.benchmark.progress}
              value={done}
              max={all}
              className="lab-progress block h-1.5 w-full"
            />
            <p className="mt-1.5 text-sm text-muted tabular-nums">
              {labWords.benchmark.heard(done, all)}
            </p>
          </div>
          {working ? (
            <Button icon={Square} onClick={() => comparison.stop()}>
              {labWords.benchmark.stop}
            </Button>
          ) : (
            <Button icon={Play} onClick={() => comparison.goOn()}>
              {labWords.benchmark.goOn}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

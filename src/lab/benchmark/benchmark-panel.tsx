import { Play, Square } from 'lucide-react';
import { useEffect, useId, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../design/button.tsx';
import { Choice } from '../../design/choice.tsx';
import { labWords, problemText } from '../../words/lab.ts';
import { useLabState } from '../lab-context.tsx';
import { Choices, Group } from './choices.tsx';
import { Comparison } from './comparison.ts';
import { ownRecordings, suppliedRecordings } from './conditions.ts';
import { Results } from './results.tsx';

const said = labWords.benchmark;

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
          {said.labelled(own.length, labels.length)}
        </p>
      )}
      <div className="mt-4 grid gap-x-8 gap-y-4 sm:grid-cols-3">
        <Choices comparison={comparison} own={own.some(({ condition }) => condition === 'own')} />
        <Group title={said.scoring}>
          <Choice
            type="checkbox"
            label={said.collar(usualCollarMs)}
            note={said.collarNote}
            checked={collarMs > 0}
            onChange={(checked) => setCollarMs(checked ? usualCollarMs : 0)}
          />
        </Group>
      </div>
      <p className="mt-2 max-w-3xl text-xs text-muted">
        {said.ownLine} {said.made}
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
  if (all === 0) return <p className="mt-4 text-sm">{said.choose}</p>;
  return (
    <div className="mt-4">
      {problem && (
        <p role="alert" className="mb-2 text-sm">
          {said.failed(problem.name, problemText(problem.problem))}
        </p>
      )}
      {done < all && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <div className="min-w-0 flex-1 basis-48">
            <progress
              aria-label={said.progress}
              value={done}
              max={all}
              className="lab-progress block h-1.5 w-full"
            />
            <p className="mt-1.5 text-sm text-muted tabular-nums">{said.heard(done, all)}</p>
          </div>
          {working ? (
            <Button icon={Square} onClick={() => comparison.stop()}>
              {said.stop}
            </Button>
          ) : (
            <Button icon={Play} onClick={() => comparison.goOn()}>
              {said.goOn}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

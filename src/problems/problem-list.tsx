import { CircleAlert, TriangleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { isStep, problemKinds, type ProblemStep } from '#protocol/problems.ts';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { LogButton } from '../app/late-parts.ts';
import { Late } from '../app/late.tsx';
import type { Problem } from '../conversation/state.ts';
import { Button } from '../design/button.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { words } from '../words/page.ts';

/** The next steps that are not a control of the conversation but a place on the page. */
export interface ProblemPlaces {
  chooseDevice: () => void;
  editToken: () => void;
  chooseProvider: () => void;
}

/** Everything that is wrong now, each with its cause, what to do, and the button that does it. */
export function ProblemList({
  places,
  className = '',
}: {
  places: ProblemPlaces;
  className?: string;
}) {
  const { store } = useControls();
  const problems = useConversation((state) => state.problems);
  const worthNoting = useConversation((state) => state.problems.length + state.rows.length > 0);
  useEffect(() => {
    if (!worthNoting) return;
    import('./keep-log.ts').then(
      ({ keepLog }) => keepLog(store),
      () => undefined,
    );
  }, [worthNoting, store]);
  if (problems.length === 0) return null;
  return (
    <section
      aria-label={words.problems.label}
      className={`max-h-[45dvh] shrink-0 space-y-2 overflow-y-auto ${className}`}
    >
      {problems.map((problem) => (
        <ProblemBanner key={problem.code} problem={problem} places={places} />
      ))}
      <Late>
        <LogButton />
      </Late>
    </section>
  );
}

function ProblemBanner({ problem, places }: { problem: Problem; places: ProblemPlaces }) {
  const controls = useControls();
  const { severity, wayOn } = problemKinds[problem.code];
  const { text, steps: names, detail, dismiss } = words.problems;
  const { title, advice } = text[problem.code];
  const Icon = severity === 'error' ? CircleAlert : TriangleAlert;
  const steps: Readonly<Record<ProblemStep, () => void>> = {
    retry: () => void controls.retry(problem.code),
    talk_here: () => void controls.retry(problem.code),
    ask_permission: () => void controls.retry(problem.code),
    choose_device: places.chooseDevice,
    new_token: places.editToken,
    request_assistant: () => void controls.requestAssistant(),
    unlock_sound: () => void controls.unlockSound(),
    switch_provider: places.chooseProvider,
  };
  return (
    <div
      role={severity === 'error' ? 'alert' : 'status'}
      className={`flex gap-3 rounded-card border bg-surface py-2 pr-1 pl-4 ${severity === 'error' ? 'border-ink' : 'border-line'}`}
    >
      <Icon aria-hidden="true" className="mt-2.5 size-5 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-2 py-2">
        <div className="min-w-48 flex-1 text-sm">
          <p className="font-semibold">{title}</p>
          <p className="mt-0.5 text-muted">{advice}</p>
          {problem.detail && (
            <details className="mt-1 text-muted">
              <summary className="w-fit rounded underline underline-offset-2">{detail}</summary>
              <p className="mt-1 font-mono text-xs break-words">{problem.detail}</p>
            </details>
          )}
        </div>
        {isStep(wayOn) && (
          <Button tone={severity === 'error' ? 'primary' : 'plain'} onClick={steps[wayOn]}>
            {names[wayOn]}
          </Button>
        )}
      </div>
      <IconButton label={dismiss(title)} icon={X} onClick={() => controls.dismiss(problem.code)} />
    </div>
  );
}

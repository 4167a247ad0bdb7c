import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Choice } from '../../design/choice.tsx';
import { labWords } from '../../words/lab.ts';
import type { Comparison } from './comparison.ts';
import { conditions } from './conditions.ts';
import { detectorNames, heavyDetectors } from './detectors/names.ts';

interface ChoicesProps {
  comparison: Comparison;
  /** Whether there are any of the person's own. */
  own: boolean;
}

/** What hears what. */
export function Choices({ comparison, own }: ChoicesProps) {
  const chosen = useStore(comparison.store, (state) => state.conditions);
  const detectors = useStore(comparison.store, (state) => state.detectors);
  return (
    <>
      <Group title={labWords.benchmark.recordings}>
        {conditions
          .filter((condition) => own || condition !== 'own')
          .map((condition) => (
            <Choice
              key={condition}
              type="checkbox"
              label={labWords.benchmark.conditions[condition]}
              checked={chosen.has(condition)}
              onChange={(checked) => comparison.choose(condition, checked)}
            />
          ))}
      </Group>
      <Group title={labWords.benchmark.detectorsTitle}>
        {detectorNames.map((detector) => (
          <Choice
            key={detector}
            type="checkbox"
            label={labWords.benchmark.detectors[detector]}
            note={heavyDetectors.includes(detector) ? labWords.benchmark.heavy : undefined}
            checked={detectors.has(detector)}
            onChange={(checked) => comparison.chooseDetector(detector, checked)}
          />
        ))}
      </Group>
    </>
  );
}

export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="text-sm font-semibold">{title}</legend>
      {children}
    </fieldset>
  );
}

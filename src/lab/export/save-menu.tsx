import { Download } from 'lucide-react';
import { useState } from 'react';
import { toAudacityLabels } from '../../../vad/exports/audacity.ts';
import { toCsv } from '../../../vad/exports/csv.ts';
import { toJson } from '../../../vad/exports/json.ts';
import { toRttm } from '../../../vad/exports/rttm.ts';
import { toSrt } from '../../../vad/exports/srt.ts';
import { Button } from '../../design/button.tsx';
import Menu from '../../design/menu.tsx';
import { labWords } from '../../words/lab.ts';
import type { Recording } from '../batch/recording.ts';
import { problemOf } from '../decoding/problem.ts';
import type { Findings } from '../findings.ts';
import { useLab } from '../lab-context.tsx';
import { save } from '../../saving/save.ts';
import { baseName } from './base-name.ts';

interface SaveMenuProps {
  recording: Recording;
  findings: Findings;
}

/** What was found in one recording, in every format, and the recording cut to it. */
export function SaveMenu({ recording, findings }: SaveMenuProps) {
  const lab = useLab();
  const [cutting, setCutting] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { name } = recording.file;
  const base = baseName(name);
  const found = { name, ...findings };
  const saveCut = async (): Promise<void> => {
    setCutting(true);
    setProblem(undefined);
    try {
      save(`${base}.speech.wav`, await lab.cut(recording, findings.segments));
    } catch (error) {
      setProblem(labWords.problem(problemOf(error)));
    }
    setCutting(false);
  };
  return (
    <>
      <Menu
        trigger={
          <Button icon={Download} disabled={cutting}>
            {cutting ? labWords.view.cutting : labWords.view.save}
          </Button>
        }
        items={[
          { label: labWords.exports.json, choose: () => save(`${base}.json`, toJson([found])) },
          { label: labWords.exports.csv, choose: () => save(`${base}.csv`, toCsv([found])) },
          { label: labWords.exports.srt, choose: () => save(`${base}.srt`, toSrt(found)) },
          {
            label: labWords.exports.audacity,
            choose: () => save(`${base}.txt`, toAudacityLabels(found)),
          },
          { label: labWords.exports.rttm, choose: () => save(`${base}.rttm`, toRttm([found])) },
          { label: labWords.exports.wav, choose: () => void saveCut() },
        ]}
      />
      <p role="alert" className="text-sm not-empty:mt-2">
        {problem}
      </p>
    </>
  );
}

import { Download, Pause, Play, Trash2, X } from 'lucide-react';
import { useId } from 'react';
import { toCsv } from '../../../vad/exports/csv.ts';
import { toJson } from '../../../vad/exports/json.ts';
import { toRttm } from '../../../vad/exports/rttm.ts';
import type { FoundSpeech } from '../../../vad/exports/found-speech.ts';
import { Button } from '../../design/button.tsx';
import Menu from '../../design/menu.tsx';
import { labWords } from '../../words/lab.ts';
import { save } from '../../saving/save.ts';
import { findingsOf } from '../findings.ts';
import { allBytes, doneBytes, isPending } from '../lab.ts';
import { useLab, useLabState } from '../lab-context.tsx';
import { clock } from '../time-text.ts';
import { analysisOf } from './recording.ts';
import { RecordingTable } from './recording-table.tsx';

/** All recordings: how far the page is with them, and what was found. */
export function BatchPanel() {
  const lab = useLab();
  const heading = useId();
  const recordings = useLabState((state) => state.recordings);
  const pending = recordings.some(isPending);
  const heard = recordings.filter(analysisOf).length;
  const saveAll = (fileName: string, write: (found: readonly FoundSpeech[]) => string): void => {
    const { settings } = lab.store.getState();
    const found = recordings.flatMap((recording) => {
      const analysis = analysisOf(recording);
      return analysis ? [{ name: recording.file.name, ...findingsOf(analysis, settings) }] : [];
    });
    save(fileName, write(found));
  };
  return (
    <section aria-labelledby={heading}>
      <div className="flex flex-wrap items-center gap-2">
        <h2 id={heading} className="mr-auto text-base font-semibold">
          {labWords.batch.title}
        </h2>
        {heard > 0 && (
          <Menu
            trigger={<Button icon={Download}>{labWords.batch.save}</Button>}
            items={[
              { label: labWords.exports.json, choose: () => saveAll('speech.json', toJson) },
              { label: labWords.exports.csv, choose: () => saveAll('speech.csv', toCsv) },
              { label: labWords.exports.rttm, choose: () => saveAll('speech.rttm', toRttm) },
            ]}
          />
        )}
        <Button tone="quiet" icon={Trash2} onClick={() => lab.clear()}>
          {labWords.batch.clear}
        </Button>
      </div>
      {pending ? <Working /> : <Done />}
      <RecordingTable />
    </section>
  );
}

function Working() {
  const lab = useLab();
  const recordings = useLabState((state) => state.recordings);
  const paused = useLabState((state) => state.paused);
  const leftMs = useLabState((state) => state.leftMs);
  const share = doneBytes(recordings) / Math.max(1, allBytes(recordings));
  const heard = recordings.filter(analysisOf).length;
  return (
    <div className="my-2 flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="min-w-0 flex-1 basis-48">
        <progress
          aria-label={labWords.batch.progress}
          value={share}
          className="lab-progress block h-1.5 w-full"
        />
        <p className="mt-1.5 text-sm text-muted tabular-nums">
          {labWords.batch.heard(heard, recordings.length)}
          {paused
            ? `, ${labWords.batch.paused}`
            : leftMs !== undefined && `, ${labWords.batch.left(clock(leftMs))}`}
        </p>
      </div>
      <Button icon={paused ? Play : Pause} onClick={() => lab.setPaused(!paused)}>
        {paused ? labWords.batch.goOn : labWords.batch.pause}
      </Button>
      <Button icon={X} onClick={() => lab.cancel()}>
        {labWords.batch.cancel}
      </Button>
    </div>
  );
}

function Done() {
  const recordings = useLabState((state) => state.recordings);
  const heard = recordings.filter(analysisOf).length;
  const failed = recordings.filter(({ progress }) => progress.kind === 'failed').length;
  return (
    <p role="status" className="my-2 text-sm text-muted tabular-nums">
      {labWords.batch.heard(heard, recordings.length)}
      {failed > 0 && `, ${labWords.batch.failed(failed)}`}
    </p>
  );
}

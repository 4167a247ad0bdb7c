import { CircleStop, FileAudio, FolderOpen, Mic } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { labWords } from '../../words/lab.ts';
import { useLab } from '../lab-context.tsx';
import { clock } from '../time-text.ts';
import { microphoneProblem, startRecorder, type Recorder } from './recorder.ts';
import { sampleRecording } from './sample.ts';

const accepted =
  'audio/*,video/mp4,video/webm,.wav,.mp3,.ogg,.oga,.opus,.flac,.m4a,.aac,.webm,.w64,.rttm,.txt';

interface IntakeProps {
  /** Once there is something to look at, this takes less room. */
  small: boolean;
  className?: string;
}

/** Where recordings come in: dropped, picked, recorded, or a sample. */
export function Intake({ small, className = '' }: IntakeProps) {
  const lab = useLab();
  const picker = useRef<HTMLInputElement>(null);
  const heading = useId();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const over = useDropTarget((files) => {
    setProblem(files.length === 0 ? labWords.intake.nothing : undefined);
    lab.add(files);
  });

  const addSample = async (): Promise<void> => {
    setProblem(undefined);
    setBusy(true);
    try {
      lab.add([await sampleRecording(labWords.intake.sampleName)]);
    } catch {
      setProblem(labWords.intake.sampleFailed);
    }
    setBusy(false);
  };

  return (
    <section
      aria-labelledby={heading}
      data-over={over || undefined}
      className={`rounded-card border border-dashed border-line-strong bg-surface transition-colors data-over:border-solid data-over:bg-sunken ${small ? 'flex flex-wrap items-center gap-x-4 gap-y-3 px-4 py-3' : 'flex flex-col items-center px-5 py-10 text-center'} ${className}`}
    >
      <div className={small ? 'min-w-0 flex-1 basis-48' : ''}>
        <h2 id={heading} className={small ? 'text-sm font-medium' : 'text-lg font-semibold'}>
          {over ? labWords.intake.dropNow : labWords.intake.drop}
        </h2>
        {!small && <p className="mt-1.5 text-sm text-pretty text-muted">{labWords.intake.kinds}</p>}
      </div>
      <div className={`flex flex-wrap gap-2 ${small ? '' : 'mt-6 justify-center'}`}>
        <Button
          tone={small ? 'plain' : 'primary'}
          icon={FolderOpen}
          onClick={() => picker.current?.click()}
        >
          {labWords.intake.choose}
        </Button>
        <input
          ref={picker}
          type="file"
          multiple
          accept={accepted}
          hidden
          onChange={({ target }) => {
            setProblem(undefined);
            lab.add([...(target.files ?? [])]);
            // So that the same file can be picked once more.
            target.value = '';
          }}
        />
        <RecordButton onProblem={setProblem} />
        <Button icon={FileAudio} disabled={busy} onClick={() => void addSample()}>
          {labWords.intake.sample}
        </Button>
      </div>
      <p role="alert" className="text-sm font-medium not-empty:mt-3 not-empty:basis-full">
        {problem}
      </p>
    </section>
  );
}

function RecordButton({ onProblem }: { onProblem: (problem: string | undefined) => void }) {
  const lab = useLab();
  const [recorder, setRecorder] = useState<Recorder>();
  const [elapsedMs, setElapsedMs] = useState(0);
  const count = useRef(0);

  useEffect(() => {
    if (!recorder) return undefined;
    const beganMs = performance.now();
    const timer = setInterval(() => setElapsedMs(performance.now() - beganMs), 250);
    return () => clearInterval(timer);
  }, [recorder]);

  const begin = async (): Promise<void> => {
    onProblem(undefined);
    setElapsedMs(0);
    try {
      setRecorder(await startRecorder());
    } catch (error) {
      onProblem(labWords.intake.microphone[microphoneProblem(error)]);
    }
  };
  const end = (): void => {
    if (!recorder) return;
    setRecorder(undefined);
    count.current += 1;
    const name = labWords.intake.recordingName(count.current);
    lab.add([new File([recorder.stop()], name, { type: 'audio/wav' })]);
  };
  return recorder ? (
    <Button icon={CircleStop} onClick={end} className="tabular-nums">
      {labWords.intake.stop}
      <span className="text-muted">
        <span className="sr-only">{labWords.intake.recording('')}</span> {clock(elapsedMs)}
      </span>
    </Button>
  ) : (
    <Button icon={Mic} onClick={() => void begin()}>
      {labWords.intake.record}
    </Button>
  );
}

/** Takes files that are dropped anywhere on the page, so that none is opened by the browser instead. */
function useDropTarget(onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    const watching = new AbortController();
    const { signal } = watching;
    addEventListener(
      'dragover',
      (event) => {
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        setOver(false);
        latest.current([...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), {
      signal,
    });
    return () => watching.abort();
  }, []);
  return over;
}

import { Maximize2, Pause, Play, ZoomIn, ZoomOut } from 'lucide-react';
import { useId, useState, useSyncExternalStore } from 'react';
import type { Segment } from '../../../vad/segmenting/segments.ts';
import { Button } from '../../design/button.tsx';
import { IconButton } from '../../design/icon-button.tsx';
import { grouped } from '../../words/formats.ts';
import { labWords } from '../../words/lab.ts';
import type { Analysis } from '../analysis/analysis.ts';
import { analysisOf, type Recording } from '../batch/recording.ts';
import { SaveMenu } from '../export/save-menu.tsx';
import { findingsOf } from '../findings.ts';
import { isPending } from '../lab.ts';
import { useLabState } from '../lab-context.tsx';
import { seconds } from '../time-text.ts';
import { Player } from './player.ts';
import { SegmentList } from './segment-list.tsx';
import { WaveCanvas } from './wave-canvas.tsx';
import { moved, showing, wholeOf, zoomed } from './window.ts';

/** The recording that is chosen, in full. */
export function RecordingView() {
  const recording = useLabState(({ recordings, chosenId }) =>
    recordings.find(({ id }) => id === chosenId),
  );
  const heading = useId();
  if (!recording) return null;
  const analysis = analysisOf(recording);
  const { progress, file } = recording;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className="truncate text-base font-semibold">
        {file.name}
      </h2>
      {progress.kind === 'failed' && (
        <p className="mt-1 text-sm">{labWords.problem(progress.problem)}</p>
      )}
      {isPending(recording) && <p className="mt-1 text-sm text-muted">{labWords.view.pending}</p>}
      {analysis && <Heard key={recording.id} recording={recording} analysis={analysis} />}
    </section>
  );
}

interface HeardProps {
  recording: Recording;
  analysis: Analysis;
}

function Heard({ recording, analysis }: HeardProps) {
  const [player] = useState(() => new Player(recording.file));
  const settings = useLabState((state) => state.settings);
  const findings = findingsOf(analysis, settings);
  const { segments, speechMs, durationMs } = findings;
  const [window, setWindow] = useState(() => wholeOf(durationMs));
  const { playing, unplayable } = useSyncExternalStore(player.subscribe, player.state);
  const middleMs = window.fromMs + window.lengthMs / 2;
  const whole = wholeOf(durationMs);
  const isWhole = window.lengthMs >= whole.lengthMs;
  const zoom = (factor: number): void => setWindow(zoomed(window, factor, middleMs, durationMs));
  const playSegment = (segment: Segment): void => {
    setWindow(showing(window, segment, durationMs));
    player.play(segment.startMs, segment.endMs);
  };
  return (
    <>
      <p className="mt-0.5 text-sm text-muted tabular-nums">
        {labWords.view.facts(
          analysis.codec,
          grouped(analysis.rateHz / 1000),
          analysis.channels,
          grouped(Math.round(durationMs / analysis.tookMs)),
        )}
        {!analysis.byKernel && labWords.view.plain}
      </p>
      <div className="mt-3 rounded-card border border-line bg-surface p-3">
        <WaveCanvas
          label={labWords.view.plot(
            recording.file.name,
            segments.length,
            seconds(speechMs),
            seconds(durationMs),
          )}
          analysis={analysis}
          findings={findings}
          settings={settings}
          window={window}
          player={player}
          onWindow={setWindow}
        />
        <input
          type="range"
          aria-label={labWords.view.position}
          aria-valuetext={`${labWords.view.from} ${seconds(window.fromMs)} ${labWords.view.to} ${labWords.view.seconds(seconds(window.fromMs + window.lengthMs))}`}
          min={0}
          max={1000}
          disabled={isWhole}
          value={isWhole ? 0 : (window.fromMs / (whole.lengthMs - window.lengthMs)) * 1000}
          onChange={({ target }) => {
            const fromMs = (target.valueAsNumber / 1000) * (whole.lengthMs - window.lengthMs);
            setWindow(moved({ ...window, fromMs }, 0, durationMs));
          }}
          className="block h-6 w-full accent-ink disabled:invisible"
        />
        <div className="flex flex-wrap items-center gap-x-1 gap-y-2">
          <Button
            icon={playing ? Pause : Play}
            disabled={unplayable}
            onClick={() => (playing ? player.pause() : player.play())}
          >
            {playing ? labWords.view.pause : labWords.view.play}
          </Button>
          <IconButton label={labWords.view.zoomIn} icon={ZoomIn} onClick={() => zoom(0.5)} />
          <IconButton
            label={labWords.view.zoomOut}
            icon={ZoomOut}
            disabled={isWhole}
            onClick={() => zoom(2)}
          />
          <IconButton
            label={labWords.view.whole}
            icon={Maximize2}
            disabled={isWhole}
            onClick={() => setWindow(whole)}
          />
          <Legend />
          <div className="ml-auto">
            <SaveMenu recording={recording} findings={findings} />
          </div>
        </div>
        <p className="mt-2 text-xs text-muted">
          {unplayable ? labWords.view.unplayable : labWords.view.hint}
        </p>
      </div>
      <SegmentList
        segments={segments}
        playable={!unplayable}
        onPlay={playSegment}
        className="mt-4"
      />
    </>
  );
}

function Legend() {
  const entries = [
    ['border-muted', labWords.view.wave],
    ['border-listening', labWords.batch.speech],
    ['border-speaking', labWords.view.probability],
    ['border-line-strong border-dashed', labWords.view.threshold],
  ] as const;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 px-2 text-xs text-muted">
      {entries.map(([look, name]) => (
        <li key={name} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={`w-4 border-t-2 ${look}`} />
          {name}
        </li>
      ))}
    </ul>
  );
}

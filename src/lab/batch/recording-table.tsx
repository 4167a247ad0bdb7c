import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleAlert } from 'lucide-react';
import { useDeferredValue, useRef } from 'react';
import { useStore } from 'zustand';
import type { SegmentSettings } from '../../../vad/segmenting/segments.ts';
import { grouped } from '../../words/formats.ts';
import { labWords } from '../../words/lab.ts';
import { chosenModel, prices } from '../cost/prices.ts';
import type { ModelPrice } from '../cost/price-list.ts';
import { costOfTokens, dollars, tokensOf } from '../cost/sums.ts';
import { findingsOf, silentShare, type Findings } from '../findings.ts';
import { useLab, useLabState } from '../lab-context.tsx';
import { clock, percent } from '../time-text.ts';
import { totalsOf } from '../totals.ts';
import { analysisOf, type Recording } from './recording.ts';

const rowHeight = 48;
/** Beyond this the table scrolls by itself; only the rows in sight are in the page. */
const mostHeight = 8 * rowHeight;

const columns =
  'grid grid-cols-[minmax(0,1fr)_3.5rem_3.5rem_3.25rem] sm:grid-cols-[minmax(0,1fr)_4rem_4rem_3.5rem_5rem_5.5rem] items-center gap-x-2';
const number = 'text-right tabular-nums';
/** Where there is little room, the sums of these stand below. */
const wide = `${number} max-sm:hidden`;

const headings = [
  { name: 'name', className: undefined },
  { name: 'speech', className: number },
  { name: 'total', className: number },
  { name: 'saved', className: number },
  { name: 'tokens', className: wide },
  { name: 'money', className: wide },
] as const;

/** One row for each recording, and their sums. */
export function RecordingTable() {
  const recordings = useLabState((state) => state.recordings);
  // While a slider moves, the rows may come a little later than the plot.
  const settings = useDeferredValue(useLabState((state) => state.settings));
  const model = useStore(prices, chosenModel);
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called here and handed to nobody.
  const list = useVirtualizer({
    count: recordings.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  return (
    <>
      <div
        role="table"
        aria-label={labWords.batch.title}
        aria-rowcount={recordings.length + 2}
        className="mt-2 rounded-card border border-line bg-surface text-sm"
      >
        <div role="rowgroup">
          <div role="row" className={`${columns} border-b border-line px-3 py-2 text-muted`}>
            {headings.map(({ name, className }) => (
              <span key={name} role="columnheader" className={className}>
                {labWords.batch[name]}
              </span>
            ))}
          </div>
        </div>
        <div
          ref={scroller}
          role="rowgroup"
          // So that the arrow keys can move what does not fit.
          tabIndex={recordings.length * rowHeight > mostHeight ? 0 : undefined}
          className="overflow-y-auto overscroll-contain"
          style={{ maxHeight: mostHeight }}
        >
          <div role="presentation" className="relative" style={{ height: list.getTotalSize() }}>
            {list.getVirtualItems().map(({ index, start, key }) => {
              const recording = recordings[index];
              return (
                recording && (
                  <div
                    key={key}
                    role="row"
                    aria-rowindex={index + 2}
                    className={`${columns} absolute inset-x-0 top-0 border-b border-line px-3`}
                    style={{ height: rowHeight, transform: `translateY(${start}px)` }}
                  >
                    <Row recording={recording} settings={settings} model={model} />
                  </div>
                )
              );
            })}
          </div>
        </div>
        <div role="rowgroup">
          <div
            role="row"
            aria-rowindex={recordings.length + 2}
            className={`${columns} px-3 py-3 font-semibold`}
          >
            <span role="rowheader">{labWords.batch.all}</span>
            <Numbers found={totalsOf(recordings, settings)} model={model} />
          </div>
        </div>
      </div>
      {model && <p className="mt-2 text-xs text-muted">{labWords.batch.savedNote(model.name)}</p>}
    </>
  );
}

interface RowProps {
  recording: Recording;
  settings: SegmentSettings;
  model: ModelPrice | undefined;
}

function Row({ recording, settings, model }: RowProps) {
  const lab = useLab();
  const chosen = useLabState(({ chosenId }) => chosenId === recording.id);
  const analysis = analysisOf(recording);
  const { progress, file } = recording;
  return (
    <>
      <span role="rowheader" className="min-w-0">
        <button
          type="button"
          aria-current={chosen || undefined}
          title={file.name}
          onClick={() => lab.choose(recording.id)}
          className="flex min-h-target w-full min-w-0 items-center gap-2 rounded text-left aria-current:font-semibold"
        >
          {progress.kind === 'failed' && (
            <CircleAlert aria-hidden="true" className="size-4 shrink-0 text-interrupted" />
          )}
          <span className="truncate">{file.name}</span>
        </button>
      </span>
      {analysis ? (
        <Numbers found={findingsOf(analysis, settings)} model={model} />
      ) : (
        <span
          role="cell"
          aria-colspan={5}
          className="col-span-3 truncate text-right text-muted sm:col-span-5"
        >
          <State recording={recording} />
        </span>
      )}
    </>
  );
}

function State({ recording: { progress } }: { recording: Recording }) {
  switch (progress.kind) {
    case 'waiting':
      return labWords.batch.waiting;
    case 'running':
      return progress.share > 0
        ? labWords.batch.running(Math.round(progress.share * 100))
        : labWords.batch.opening;
    case 'cancelled':
      return labWords.batch.cancelled;
    case 'failed':
      return (
        <span title={labWords.problem(progress.problem)}>{labWords.problem(progress.problem)}</span>
      );
    case 'heard':
      return null;
  }
}

interface NumbersProps {
  found: Omit<Findings, 'segments'>;
  model: ModelPrice | undefined;
}

function Numbers({ found, model }: NumbersProps) {
  const silentS = (found.durationMs - found.speechMs) / 1000;
  const tokens = model && tokensOf(Math.max(0, silentS), model);
  return (
    <>
      <span role="cell" className={number}>
        {clock(found.speechMs)}
      </span>
      <span role="cell" className={number}>
        {clock(found.durationMs)}
      </span>
      <span role="cell" className={number}>
        {percent(silentShare(found))}
      </span>
      <span role="cell" className={wide}>
        {tokens && grouped(tokens.toNumber())}
      </span>
      <span role="cell" className={wide}>
        {tokens && dollars(costOfTokens(tokens, model))}
      </span>
    </>
  );
}

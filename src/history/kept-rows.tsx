import { useVirtualizer } from '@tanstack/react-virtual';
import { Play } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Replay } from '../recording/replay.ts';
import { useHeardRow } from '../recording/use-heard-row.ts';
import type { TranscriptRow } from '../transcript/model.ts';
import { RowWindow } from '../transcript/row-window.tsx';
import { perLanguage } from '../words/formats.ts';
import { historyWords as said } from '../words/history.ts';
import { recordingWords as recorded } from '../words/recording.ts';

/** A row of two lines with its time, in CSS px; a row that has been seen is measured. */
const guessedHeightPx = 92;

interface KeptRowsProps {
  rows: readonly TranscriptRow[];
  /** The row to show first, and to make out from the others. */
  at: string | undefined;
  /** What was recorded of them; undefined where nothing was. */
  replay: Replay | undefined;
}

/** What was said and when, as it stood in the talk; only the rows near the view are in the document. */
export function KeptRows({ rows, at, replay }: KeptRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // The warning is for the React Compiler, which is not used here.
  // eslint-disable-next-line react-hooks/incompatible-library
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => guessedHeightPx,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    paddingStart: 16,
    paddingEnd: 16,
    scrollPaddingStart: 16,
    scrollPaddingEnd: 16,
  });
  const heard = useHeardRow(replay, rows);
  const found = at === undefined ? -1 : rows.findIndex(({ id }) => id === at);
  useEffect(() => {
    if (found >= 0) list.scrollToIndex(found, { align: 'center' });
  }, [list, found]);
  useEffect(() => {
    if (heard >= 0) list.scrollToIndex(heard, { align: 'auto' });
  }, [list, heard]);
  const marked = heard >= 0 ? heard : found;
  return (
    <div
      ref={scroller}
      role="group"
      aria-label={said.one.rows}
      // The rows hold little that takes the focus: without this a keyboard could not scroll them.
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain focus-visible:outline-offset-[-4px]"
    >
      <RowWindow
        rows={rows}
        list={list}
        frameOf={(index) => ({
          'aria-current': index === heard || undefined,
          className: `pt-2 ${index === marked ? 'shadow-[inset_3px_0_0_var(--ink)]' : ''} ${index === heard ? 'bg-sunken' : ''}`,
        })}
        above={(row) => (
          <p
            className={`mx-auto max-w-3xl px-4 text-xs text-muted tabular-nums sm:px-6 ${alignmentOf(row)}`}
          >
            <RowTime row={row} replay={replay} />
          </p>
        )}
      />
    </div>
  );
}

/** When a row was said; to be pressed where that can be heard. */
function RowTime({ row, replay }: { row: TranscriptRow; replay: Replay | undefined }) {
  const { startedAtMs } = row;
  const text = timeFormat().format(startedAtMs);
  const time = <time dateTime={new Date(startedAtMs).toISOString()}>{text}</time>;
  if (!replay?.has(startedAtMs)) return time;
  return (
    <button
      type="button"
      aria-label={recorded.playFrom(text)}
      title={recorded.playFrom(text)}
      onClick={() => void replay.playFrom(startedAtMs)}
      className="-mx-2 inline-flex min-h-6 items-center gap-1 rounded-full px-2 py-1 hover:bg-sunken hover:text-ink"
    >
      <Play aria-hidden="true" className="size-3" />
      {time}
    </button>
  );
}

const timeFormat = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }),
);

function alignmentOf(row: TranscriptRow): string {
  if (row.kind === 'notice') return 'text-center';
  return row.kind === 'utterance' && row.speaker === 'user' ? 'text-right' : 'text-left';
}

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { TranscriptRow } from '../transcript/model.ts';
import { RowWindow } from '../transcript/row-window.tsx';
import { perLanguage } from '../words/formats.ts';
import { historyWords as said } from '../words/history.ts';

/** A row of two lines with its time, in CSS px; a row that has been seen is measured. */
const guessedHeightPx = 92;

interface KeptRowsProps {
  rows: readonly TranscriptRow[];
  /** The row to show first, and to make out from the others. */
  at: string | undefined;
}

/** What was said and when, as it stood in the talk; only the rows near the view are in the document. */
export function KeptRows({ rows, at }: KeptRowsProps) {
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
  });
  const place = at === undefined ? -1 : rows.findIndex(({ id }) => id === at);
  useEffect(() => {
    if (place >= 0) list.scrollToIndex(place, { align: 'center' });
  }, [list, place]);
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
          className: `pt-2 ${index === place ? 'shadow-[inset_3px_0_0_var(--ink)]' : ''}`,
        })}
        above={(row) => (
          <p
            className={`mx-auto max-w-3xl px-4 text-xs text-muted tabular-nums sm:px-6 ${alignmentOf(row)}`}
          >
            <time dateTime={new Date(row.startedAtMs).toISOString()}>
              {timeFormat().format(row.startedAtMs)}
            </time>
          </p>
        )}
      />
    </div>
  );
}

const timeFormat = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }),
);

function alignmentOf(row: TranscriptRow): string {
  if (row.kind === 'notice') return 'text-center';
  return row.kind === 'utterance' && row.speaker === 'user' ? 'text-right' : 'text-left';
}

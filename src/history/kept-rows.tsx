import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TranscriptRow } from '../transcript/model.ts';
import { TranscriptRowView } from '../transcript/transcript-row.tsx';
import { historyWords as said } from '../words/history.en.ts';

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
  const [openTools, setOpenTools] = useState<ReadonlySet<string>>(new Set());
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
  const toggleTool = useCallback((id: string, open: boolean) => {
    setOpenTools((before) => {
      if (before.has(id) === open) return before;
      const after = new Set(before);
      if (open) after.add(id);
      else after.delete(id);
      return after;
    });
  }, []);
  const items = list.getVirtualItems();
  return (
    <div
      ref={scroller}
      role="group"
      aria-label={said.one.rows}
      // The rows hold little that takes the focus: without this a keyboard could not scroll them.
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain focus-visible:outline-offset-[-4px]"
    >
      <div className="relative" style={{ height: list.getTotalSize() }}>
        <div className="absolute inset-x-0" style={{ top: items[0]?.start ?? 0 }}>
          {items.map(({ index, key }) => {
            const row = rows[index];
            return (
              row && (
                <div
                  key={key}
                  ref={list.measureElement}
                  data-index={index}
                  data-found={index === place || undefined}
                  className="pt-2 data-found:shadow-[inset_3px_0_0_var(--ink)]"
                >
                  <p
                    className={`mx-auto max-w-3xl px-4 text-xs text-muted tabular-nums sm:px-6 ${alignmentOf(row)}`}
                  >
                    <time dateTime={new Date(row.startedAtMs).toISOString()}>
                      {timeFormat.format(row.startedAtMs)}
                    </time>
                  </p>
                  <TranscriptRowView
                    row={row}
                    place={index + 1}
                    total={rows.length}
                    open={openTools.has(row.id)}
                    onToggle={toggleTool}
                  />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

const timeFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

function alignmentOf(row: TranscriptRow): string {
  if (row.kind === 'notice') return 'text-center';
  return row.kind === 'utterance' && row.speaker === 'user' ? 'text-right' : 'text-left';
}

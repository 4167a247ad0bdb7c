import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import { words } from '../words/en.ts';
import type { BottomFollower } from './bottom-follower.ts';
import type { TranscriptRow } from './model.ts';
import { TranscriptRowView } from './transcript-row.tsx';

/** A row of two lines, in CSS px; a row that has been seen is measured. */
const guessedHeightPx = 76;

interface TranscriptRowsProps {
  rows: readonly TranscriptRow[];
  follower: BottomFollower;
}

/** A scrolling list of which only the rows near the view are in the document, so its length costs nothing. */
export function TranscriptRows({ rows, follower }: TranscriptRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
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
    // The end of the list comes into view at once, not after a first paint of its beginning.
    initialOffset: () => rows.length * guessedHeightPx,
  });
  useEffect(() => {
    if (scroller.current && content.current)
      return follower.attach(scroller.current, content.current);
    return undefined;
  }, [follower]);

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
      aria-label={words.transcript.rows}
      // The rows hold little that takes the focus: without this a keyboard could not scroll them.
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        // The browser's own way there is a long glide, which stops wherever a row on the way is measured anew.
        if (event.key === 'Home') follower.toBeginning();
        else if (event.key === 'End') follower.follow();
        else return;
        event.preventDefault();
      }}
      className="h-full overflow-y-auto overscroll-contain [overflow-anchor:none] focus-visible:outline-offset-[-4px]"
    >
      <div ref={content} className="relative" style={{ height: list.getTotalSize() }}>
        <div className="absolute inset-x-0" style={{ top: items[0]?.start ?? 0 }}>
          {items.map(({ index, key }) => {
            const row = rows[index];
            return (
              row && (
                <div key={key} ref={list.measureElement} data-index={index}>
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

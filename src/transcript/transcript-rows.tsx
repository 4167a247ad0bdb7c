import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { words } from '../words/page.ts';
import type { BottomFollower } from './bottom-follower.ts';
import type { TranscriptRow } from './model.ts';
import { RowWindow } from './row-window.tsx';

/** A row of two lines, in CSS px; a row that has been seen is measured. */
const guessedHeightPx = 76;

interface TranscriptRowsProps {
  rows: readonly TranscriptRow[];
  follower: BottomFollower;
}

/** A scrolling list of which only the rows near the view are in the document, so its length costs nothing. */
export default function TranscriptRows({ rows, follower }: TranscriptRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
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
  const following = useSyncExternalStore(follower.subscribe, follower.isFollowing);
  // One of the two scrolls. What the list would set right while everything fits into the view, it does as soon as a notice
  // makes the view smaller: by then to a place far from the end.
  list.shouldAdjustScrollPositionOnItemSizeChange = following ? () => false : undefined;
  useEffect(() => {
    if (scroller.current && content.current)
      return follower.attach(scroller.current, content.current);
    return undefined;
  }, [follower]);

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
      <RowWindow rows={rows} list={list} ref={content} />
    </div>
  );
}

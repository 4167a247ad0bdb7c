import { ArrowDown } from 'lucide-react';
import { useCallback, useRef, useState, useSyncExternalStore } from 'react';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { useConversation } from '../app/conversation-context.tsx';
import { Button } from '../design/button.tsx';
import { words } from '../words/en.ts';
import { BottomFollower } from './bottom-follower.ts';
import { EmptyTranscript } from './empty-transcript.tsx';
import { TranscriptRowView } from './transcript-row.tsx';

const spacer = () => <div className="h-4" />;
const components = { Header: spacer };

/** The whole conversation. Only the rows near the view are in the document, so its length costs nothing. */
export function TranscriptView({ className = '' }: { className?: string }) {
  const rows = useConversation((state) => state.rows);
  const [follower] = useState(() => new BottomFollower());
  const following = useSyncExternalStore(follower.subscribe, follower.isFollowing);
  const list = useRef<VirtuosoHandle>(null);
  const [openTools, setOpenTools] = useState<ReadonlySet<string>>(new Set());

  const release = useRef<() => void>(undefined);
  const watch = useCallback(
    (scroller: HTMLElement | Window | null) => {
      release.current?.();
      release.current = scroller instanceof HTMLElement ? follower.attach(scroller) : undefined;
    },
    [follower],
  );
  const toggleTool = useCallback((id: string, open: boolean) => {
    setOpenTools((before) => {
      if (before.has(id) === open) return before;
      const after = new Set(before);
      if (open) after.add(id);
      else after.delete(id);
      return after;
    });
  }, []);

  return (
    <section className={`relative min-h-0 ${className}`}>
      <div
        role="log"
        aria-label={words.transcript.label}
        // Rows that come in because the person scrolls back are not news.
        aria-live={following ? 'polite' : 'off'}
        aria-relevant="additions"
        className="h-full"
      >
        {rows.length > 0 && (
          <Virtuoso
            ref={list}
            role="group"
            aria-label={words.transcript.rows}
            data={rows}
            computeItemKey={(_, row) => row.id}
            itemContent={(index, row) => (
              <TranscriptRowView
                row={row}
                place={index + 1}
                total={rows.length}
                open={openTools.has(row.id)}
                onToggle={toggleTool}
              />
            )}
            initialTopMostItemIndex={{ index: 'LAST', align: 'end' }}
            increaseViewportBy={{ top: 800, bottom: 400 }}
            components={components}
            scrollerRef={watch}
            totalListHeightChanged={() => follower.grown()}
            className="overscroll-contain focus-visible:outline-offset-[-4px]"
          />
        )}
      </div>
      {rows.length === 0 && <EmptyTranscript />}
      {!following && rows.length > 0 && (
        <Button
          icon={ArrowDown}
          className="absolute bottom-2 left-1/2 -translate-x-1/2 shadow-raised"
          onClick={() => {
            list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
            follower.follow();
          }}
        >
          {words.transcript.latest}
        </Button>
      )}
    </section>
  );
}

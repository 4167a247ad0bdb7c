import { ArrowDown } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { useConversation } from '../app/conversation-context.tsx';
import { Late } from '../app/late.tsx';
import { TranscriptRows } from '../app/late-parts.ts';
import { Button } from '../design/button.tsx';
import { words } from '../words/page.ts';
import { BottomFollower } from './bottom-follower.ts';
import { EmptyTranscript } from './empty-transcript.tsx';

/** The whole conversation, following its end until the person scrolls back. */
export function TranscriptView({
  onTour,
  className = '',
}: {
  /** Leads through the page, from where nothing has been said yet. */
  onTour: () => void;
  className?: string;
}) {
  const rows = useConversation((state) => state.rows);
  const [follower] = useState(() => new BottomFollower());
  const following = useSyncExternalStore(follower.subscribe, follower.isFollowing);
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
          <Late missing={<p className="p-4 text-muted">{words.transcript.missing}</p>}>
            <TranscriptRows rows={rows} follower={follower} />
          </Late>
        )}
      </div>
      {rows.length === 0 && <EmptyTranscript onTour={onTour} />}
      {!following && rows.length > 0 && (
        <Button
          icon={ArrowDown}
          className="absolute bottom-2 left-1/2 -translate-x-1/2 whitespace-nowrap shadow-raised"
          onClick={() => follower.follow()}
        >
          {words.transcript.latest}
        </Button>
      )}
    </section>
  );
}

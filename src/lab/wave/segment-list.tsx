import { useVirtualizer } from '@tanstack/react-virtual';
import { Play } from 'lucide-react';
import { useId, useRef } from 'react';
import type { Segment } from '../../../vad/segmenting/segments.ts';
import { IconButton } from '../../design/icon-button.tsx';
import { labWords } from '../../words/lab.ts';
import { seconds } from '../time-text.ts';

const rowHeight = 44;
const mostHeight = 7 * rowHeight;

interface SegmentListProps {
  segments: readonly Segment[];
  playable: boolean;
  onPlay: (segment: Segment) => void;
  className?: string;
}

/** Every segment with its beginning and its end; a long recording has thousands. */
export function SegmentList({ segments, playable, onPlay, className = '' }: SegmentListProps) {
  const heading = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called here and handed to nobody.
  const list = useVirtualizer({
    count: segments.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  return (
    <section aria-labelledby={heading} className={className}>
      <h3 id={heading} className="text-sm font-semibold" aria-live="polite">
        {segments.length === 0 ? labWords.view.none : labWords.view.segmentCount(segments.length)}
      </h3>
      <div
        ref={scroller}
        role="list"
        aria-label={labWords.view.segments}
        hidden={segments.length === 0}
        tabIndex={segments.length * rowHeight > mostHeight ? 0 : undefined}
        className="mt-2 overflow-y-auto overscroll-contain rounded-card border border-line bg-surface text-sm tabular-nums"
        style={{ maxHeight: mostHeight }}
      >
        <div role="presentation" className="relative" style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map(({ index, start }) => {
            const segment = segments[index];
            return (
              segment && (
                <div
                  key={index}
                  role="listitem"
                  aria-setsize={segments.length}
                  aria-posinset={index + 1}
                  className="absolute inset-x-0 top-0 flex items-center gap-3 border-b border-line pr-4 pl-1"
                  style={{ height: rowHeight, transform: `translateY(${start}px)` }}
                >
                  <IconButton
                    label={labWords.view.playSegment(index + 1)}
                    icon={Play}
                    disabled={!playable}
                    onClick={() => onPlay(segment)}
                  />
                  <span className="w-8 text-right text-muted max-sm:hidden">{index + 1}</span>
                  <span>
                    {seconds(segment.startMs)} – {labWords.view.seconds(seconds(segment.endMs))}
                  </span>
                  <span className="ml-auto text-muted">
                    {labWords.view.seconds(seconds(segment.endMs - segment.startMs))}
                  </span>
                </div>
              )
            );
          })}
        </div>
      </div>
    </section>
  );
}

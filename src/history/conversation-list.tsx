import { useVirtualizer } from '@tanstack/react-virtual';
import { AudioLines } from 'lucide-react';
import { useRef } from 'react';
import { clockTime } from '../talk/clock-time.ts';
import { perLanguage } from '../words/formats.ts';
import { historyWords as said } from '../words/history.ts';
import { recordingWords as recorded } from '../words/recording.ts';
import { byDay, daysBetween, type Listed } from './days.ts';
import { useHistory, useHistoryState } from './history-context.tsx';
import type { Summary } from './summary.ts';

/** An entry without a day, in CSS px; one that has been seen is measured. */
const guessedHeightPx = 68;

/** The conversations under their days; only those near the view are in the document. */
export function ConversationList({ conversations }: { conversations: readonly Summary[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const listed = byDay(conversations);
  // The warning is for the React Compiler, which is not used here.
  // eslint-disable-next-line react-hooks/incompatible-library
  const list = useVirtualizer({
    count: listed.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => guessedHeightPx,
    getItemKey: (index) => listed[index]?.summary.id ?? index,
    overscan: 6,
    paddingEnd: 12,
  });
  const items = list.getVirtualItems();
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <div
        role="list"
        aria-label={said.list}
        className="relative"
        style={{ height: list.getTotalSize() }}
      >
        <div
          role="presentation"
          className="absolute inset-x-0"
          style={{ top: items[0]?.start ?? 0 }}
        >
          {items.map(({ index, key }) => {
            const entry = listed[index];
            return (
              entry && (
                <div
                  key={key}
                  ref={list.measureElement}
                  data-index={index}
                  role="listitem"
                  aria-posinset={index + 1}
                  aria-setsize={listed.length}
                  className="px-2"
                >
                  <Entry entry={entry} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Entry({ entry: { summary, newDayMs } }: { entry: Listed }) {
  const history = useHistory();
  const { id, endedAtMs, talkedMs, engine } = summary;
  const chosen = useHistoryState(({ open }) => open.kind === 'open' && open.conversation.id === id);
  const held = useHistoryState((state) => state.held.has(id));
  const hasSound = useHistoryState((state) => state.sound.has(id));
  return (
    <>
      {newDayMs !== undefined && (
        <h3 className="px-3 pt-4 pb-1.5 text-xs font-medium text-muted">{dayName(newDayMs)}</h3>
      )}
      <button
        type="button"
        aria-current={chosen || undefined}
        onClick={() => void history.open(id)}
        className="block min-h-target w-full rounded-xl px-3 py-2.5 text-left hover:bg-sunken aria-current:bg-sunken"
      >
        <span className="block truncate text-sm font-medium">{titleOf(summary)}</span>
        <span className="mt-0.5 flex gap-x-2 text-xs text-muted tabular-nums">
          <time dateTime={new Date(endedAtMs).toISOString()}>{timeFormat().format(endedAtMs)}</time>
          <span>{clockTime(talkedMs)}</span>
          {hasSound && <AudioLines aria-label={recorded.has} className="size-4 shrink-0" />}
          <span className="min-w-0 flex-1 truncate">{engine}</span>
          {held && <span className="shrink-0 font-medium text-ink">{said.openNow}</span>}
        </span>
      </button>
    </>
  );
}

const timeFormat = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }),
);
const dayFormat = perLanguage(
  (locale) =>
    new Intl.DateTimeFormat(locale, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    }),
);

function dayName(dayMs: number): string {
  const days = daysBetween(dayMs, Date.now());
  if (days === 0) return said.today;
  return days === 1 ? said.yesterday : dayFormat().format(dayMs);
}

/** What a conversation is called: by the person, or else by what was said first. */
export function titleOf({ title, opening }: Pick<Summary, 'title' | 'opening'>): string {
  return title ?? (opening || said.untitled);
}

import { LoaderCircle, Search, X } from 'lucide-react';
import { useId } from 'react';
import { IconButton } from '../design/icon-button.tsx';
import { historyWords as said } from '../words/history.ts';
import { ConversationList } from './conversation-list.tsx';
import { useHistory, useHistoryState } from './history-context.tsx';
import { HitList } from './hit-list.tsx';
import { ListFooter } from './list-footer.tsx';

/** What there is, and what of it was searched for. */
export function ListPane({ className = '' }: { className?: string }) {
  const history = useHistory();
  const question = useHistoryState((state) => state.question);
  const id = useId();
  return (
    <div className={`flex min-h-0 flex-col ${className}`}>
      <div role="search" className="relative px-4 pt-3 pb-2">
        <label htmlFor={id} className="sr-only">
          {said.search.label}
        </label>
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-6 left-7 size-4.5 text-muted"
        />
        <input
          id={id}
          type="text"
          inputMode="search"
          autoComplete="off"
          maxLength={200}
          placeholder={said.search.placeholder}
          value={question}
          // Not onChange, which misses text that comes in otherwise than by the keyboard.
          onInput={({ currentTarget }) => void history.ask(currentTarget.value)}
          className="min-h-target w-full rounded-full border border-line-strong bg-surface pr-12 pl-10 text-base text-ink placeholder:text-muted"
        />
        {question !== '' && (
          <IconButton
            label={said.search.clear}
            icon={X}
            className="absolute top-3 right-4"
            onClick={() => void history.ask('')}
          />
        )}
      </div>
      <Results />
      <ListFooter />
    </div>
  );
}

function Results() {
  const list = useHistoryState((state) => state.list);
  const found = useHistoryState((state) => state.found);
  if (list.kind === 'unreadable') {
    return (
      <p role="alert" className="flex-1 px-6 py-4 text-sm">
        {said.unreadable} {list.reason}
      </p>
    );
  }
  if (list.kind === 'reading') return <Busy text={said.reading} />;
  if (list.conversations.length === 0) return <Empty />;
  if (found.kind === 'nothing_asked')
    return <ConversationList conversations={list.conversations} />;
  if (found.kind === 'searching') return <Busy text={said.search.searching} />;
  return <HitList hits={found.hits} />;
}

function Busy({ text }: { text: string }) {
  return (
    <p role="status" className="flex flex-1 items-start gap-2 px-6 py-4 text-sm text-muted">
      <LoaderCircle aria-hidden="true" className="size-4 animate-spin" />
      {text}
    </p>
  );
}

function Empty() {
  const keeps = useHistoryState(({ retention }) => retention !== 'none');
  return (
    <div className="flex flex-1 flex-col items-center justify-center px-6 text-center text-sm">
      <p className="font-medium">{said.empty.title}</p>
      <p className="mt-1 text-muted">{keeps ? said.empty.note : said.empty.notKept}</p>
    </div>
  );
}

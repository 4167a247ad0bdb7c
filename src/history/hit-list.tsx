import { titleOf } from './conversation-list.tsx';
import { around, marked } from './folding.ts';
import { useHistory, useHistoryState } from './history-context.tsx';
import type { Hit } from './search.ts';
import { perLanguage } from '../words/formats.ts';
import { historyWords as said } from '../words/history.ts';

/** More than this is no longer gone through by eye; a further word makes it fewer. */
const mostShown = 100;
const snippetCharacters = 160;

/** Where the words were found, each with what stands around them. */
export function HitList({ hits }: { hits: readonly Hit[] }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-3">
      <p role="status" className="px-5 pt-1 pb-2 text-xs text-muted">
        {said.search.found(hits.length)}
      </p>
      {hits.length > 0 && (
        <ul aria-label={said.list} className="px-2">
          {hits.slice(0, mostShown).map((hit) => (
            <li key={hit.id}>
              <HitEntry hit={hit} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function HitEntry({ hit: { id, rowId, text, terms, count } }: { hit: Hit }) {
  const history = useHistory();
  const summary = useHistoryState(({ list }) =>
    list.kind === 'ready' ? list.conversations.find((one) => one.id === id) : undefined,
  );
  const chosen = useHistoryState(({ open }) => open.kind === 'open' && open.conversation.id === id);
  if (!summary) return null;
  return (
    <button
      type="button"
      aria-current={chosen || undefined}
      onClick={() => void history.open(id, rowId)}
      className="block min-h-target w-full rounded-xl px-3 py-2.5 text-left hover:bg-sunken aria-current:bg-sunken"
    >
      <span className="flex gap-2 text-sm">
        <span className="min-w-0 flex-1 truncate font-medium">{titleOf(summary)}</span>
        <time
          dateTime={new Date(summary.endedAtMs).toISOString()}
          className="shrink-0 text-xs leading-5 text-muted"
        >
          {dateFormat().format(summary.endedAtMs)}
        </time>
      </span>
      <span className="mt-0.5 block text-sm wrap-break-word text-muted">
        {marked(around(text, terms, snippetCharacters), terms).map((part, index) =>
          part.hit ? (
            <mark key={index} className="rounded-sm bg-ghost text-ink">
              {part.text}
            </mark>
          ) : (
            part.text
          ),
        )}
      </span>
      {count > 1 && (
        <span className="mt-0.5 block text-xs text-muted">{said.search.more(count - 1)}</span>
      )}
    </button>
  );
}

const dateFormat = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }),
);

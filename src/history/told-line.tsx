import { Undo2, X } from 'lucide-react';
import { Button } from '../design/button.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { historyWords as said } from '../words/history.ts';
import { recordingWords as recorded } from '../words/recording.ts';
import { titleOf } from './conversation-list.tsx';
import type { Told } from './history.ts';
import { useHistory, useHistoryState } from './history-context.tsx';

/** What came of the last thing that was done, and the way back where there is one. */
export function ToldLine() {
  const history = useHistory();
  const told = useHistoryState((state) => state.told);
  return (
    <div
      role={told && isFailure(told) ? 'alert' : 'status'}
      className={
        told
          ? 'flex items-center gap-2 border-t border-line bg-sunken py-1.5 pr-2 pl-4 text-sm sm:pl-6 lg:rounded-b-card'
          : 'sr-only'
      }
    >
      {told && (
        <>
          <p className="min-w-0 flex-1 wrap-break-word">{sentenceOf(told)}</p>
          {(told.kind === 'removed' || told.kind === 'sound_removed') && (
            <Button icon={Undo2} onClick={() => void history.undo()}>
              {said.undo}
            </Button>
          )}
          <IconButton label={said.dismiss} icon={X} onClick={() => history.dismiss()} />
        </>
      )}
    </div>
  );
}

function isFailure({ kind }: Told): boolean {
  return kind === 'failed' || kind === 'import_failed';
}

function sentenceOf(told: Told): string {
  switch (told.kind) {
    case 'removed':
      return said.removed(titleOf(told.conversation));
    case 'sound_removed':
      return recorded.removed;
    case 'restored':
      return said.restored;
    case 'removed_all':
      return said.removedAll;
    case 'imported':
      return said.imported(told.added, told.known);
    case 'import_failed':
      return told.why.kind === 'broken'
        ? said.importFailed.broken(told.why.where)
        : said.importFailed[told.why.kind];
    case 'failed': {
      const { error } = told;
      if (error instanceof DOMException && error.name === 'QuotaExceededError') return said.full;
      return said.failed(error instanceof Error ? error.message : String(error));
    }
  }
}

import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from '../design/icon-button.tsx';
import { overlayMark } from '../design/overlay.ts';
import { historyWords as said } from '../words/history.ts';
import { words } from '../words/page.ts';
import { History } from './history.ts';
import { HistoryProvider, useHistoryState } from './history-context.tsx';
import { KeptPane } from './kept-pane.tsx';
import { ListPane } from './list-pane.tsx';
import { ToldLine } from './told-line.tsx';

/** Everything that was talked about in this browser. Narrow: the list, or one conversation; wide: both. */
export default function HistoryWindow({ onClose }: { onClose: () => void }) {
  const [history] = useState(() => new History());
  useEffect(() => history.follow(), [history]);
  return (
    <Base.Root open onOpenChange={onClose}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-10 bg-scrim transition-opacity data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-10 flex items-center justify-center lg:p-6">
          <Base.Popup
            {...overlayMark}
            className="popup flex h-full w-full flex-col max-lg:rounded-none max-lg:border-0 lg:max-h-240 lg:max-w-6xl"
          >
            <div className="flex items-center justify-between gap-4 border-b border-line py-2 pr-2 pl-4 sm:pl-6">
              <div className="min-w-0">
                <Base.Title className="text-lg font-semibold tracking-tight">
                  {said.title}
                </Base.Title>
                <Base.Description className="truncate text-sm text-muted max-sm:sr-only">
                  {said.note}
                </Base.Description>
              </div>
              <IconButton label={words.controls.close} icon={X} onClick={onClose} />
            </div>
            <HistoryProvider value={history}>
              <Panes onResumed={onClose} />
              <ToldLine />
            </HistoryProvider>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

function Panes({ onResumed }: { onResumed: () => void }) {
  const reading = useHistoryState(({ open }) => open.kind !== 'none');
  return (
    <div className="grid min-h-0 flex-1 lg:grid-cols-[23rem_1fr]">
      <ListPane className={`lg:border-r lg:border-line ${reading ? 'max-lg:hidden' : ''}`} />
      <KeptPane onResumed={onResumed} className={reading ? '' : 'max-lg:hidden'} />
    </div>
  );
}

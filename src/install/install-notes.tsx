import { CircleFadingArrowUp, WifiOff, type LucideIcon } from 'lucide-react';
import { useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { useConversation } from '../app/conversation-context.tsx';
import { isUnderWay } from '../conversation/state.ts';
import { Button } from '../design/button.tsx';
import { phoneWords } from '../words/phone.ts';
import { offline } from './service-worker.ts';

/** Between talks: that there is no network, and that a newer version is ready. In a talk neither is anybody's concern. */
export default function InstallNotes() {
  useEffect(() => offline.begin(), []);
  const talking = useConversation(({ call }) => isUnderWay(call));
  const away = useSyncExternalStore(watchNetwork, () => !navigator.onLine);
  const updateWaits = useSyncExternalStore(
    (changed) => offline.watch(changed),
    () => offline.updateWaits,
  );
  if (talking) return null;
  const said = phoneWords;
  return (
    <>
      {away && (
        <Note icon={WifiOff} title={said.offline.title} advice={said.offline.advice}>
          <Button onClick={() => location.assign('/lab')}>{said.offline.lab}</Button>
        </Note>
      )}
      {updateWaits && !away && (
        <Note icon={CircleFadingArrowUp} title={said.update.title} advice={said.update.advice}>
          <Button tone="primary" onClick={() => offline.useUpdate()}>
            {said.update.use}
          </Button>
          <Button tone="quiet" onClick={() => offline.postpone()}>
            {said.update.later}
          </Button>
        </Note>
      )}
    </>
  );
}

interface NoteProps {
  icon: LucideIcon;
  title: string;
  advice: string;
  children: ReactNode;
}

function Note({ icon: Icon, title, advice, children }: NoteProps) {
  return (
    <div
      role="status"
      className="mx-auto mb-2 flex w-full max-w-2xl gap-3 rounded-card border border-line bg-surface px-4 py-3"
    >
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-48 flex-1 text-sm">
          <p className="font-semibold">{title}</p>
          <p className="mt-0.5 text-muted">{advice}</p>
        </div>
        {children}
      </div>
    </div>
  );
}

function watchNetwork(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}

import { useEffect, useState, useSyncExternalStore } from 'react';
import { useControls } from '../app/conversation-context.tsx';
import { Dialog } from '../design/dialog.tsx';
import { inspectorWords } from '../words/inspector.ts';
import { PercentileTables } from './percentile-tables.tsx';
import { SaveTurns } from './save-turns.tsx';
import type { TurnLog } from './turn-log.ts';
import { TurnList } from './turn-list.tsx';
import { TurnView } from './turn-view.tsx';

type Log = { kind: 'awaited' } | { kind: 'missing' } | { kind: 'there'; log: TurnLog };

/** Every turn of the conversation under the glass, while it goes on. */
export default function InspectorWindow({ onClose }: { onClose: () => void }) {
  const controls = useControls();
  const [log, setLog] = useState<Log>({ kind: 'awaited' });
  useEffect(() => {
    controls.inspectTurns().then(
      (there) => setLog({ kind: 'there', log: there }),
      () => setLog({ kind: 'missing' }),
    );
  }, [controls]);
  return (
    <Dialog
      title={inspectorWords.title}
      description={inspectorWords.about}
      size="wide"
      onClose={onClose}
    >
      {log.kind === 'there' ? (
        <Turns log={log.log} />
      ) : (
        <p className="pb-4 text-sm text-muted" role="status">
          {log.kind === 'missing' ? inspectorWords.missing : inspectorWords.awaited}
        </p>
      )}
    </Dialog>
  );
}

function Turns({ log }: { log: TurnLog }) {
  const records = useSyncExternalStore(log.subscribe, log.records);
  const [chosen, setChosen] = useState<number>();
  const { turns } = records;
  const turn = turns.find(({ number }) => number === chosen) ?? turns.at(-1);
  if (!turn) {
    return (
      <div className="pb-4 text-sm">
        <p className="font-medium">{inspectorWords.empty}</p>
        <p className="mt-1 text-muted">{inspectorWords.emptyNote}</p>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-6 pb-2">
      <TurnList records={records} chosen={turn.number} onChoose={setChosen} />
      <TurnView records={records} turn={turn} trace={log.trace} />
      <PercentileTables records={records} />
      <SaveTurns log={log} />
    </div>
  );
}

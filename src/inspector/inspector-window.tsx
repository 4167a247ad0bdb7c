import { useEffect, useState } from 'react';
import { useControls } from '../app/conversation-context.tsx';
import { Dialog } from '../design/dialog.tsx';
import { inspectorWords } from '../words/inspector.ts';
import { InspectedTurns } from './inspected-turns.tsx';
import type { TurnLog } from './turn-log.ts';

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
        <InspectedTurns log={log.log} noCurve={inspectorWords.noProbability} />
      ) : (
        <p className="pb-4 text-sm text-muted" role="status">
          {log.kind === 'missing' ? inspectorWords.missing : inspectorWords.awaited}
        </p>
      )}
    </Dialog>
  );
}

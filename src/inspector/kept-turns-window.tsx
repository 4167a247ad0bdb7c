import { useState } from 'react';
import { Dialog } from '../design/dialog.tsx';
import { inspectorWords } from '../words/inspector.ts';
import { InspectedTurns } from './inspected-turns.tsx';
import type { KeptTurns } from './kept-turns.ts';
import { TurnLog } from './turn-log.ts';

interface KeptTurnsWindowProps {
  /** Undefined for a conversation with which none were kept. */
  turns: KeptTurns | undefined;
  onClose: () => void;
}

/** The turns of a conversation that is over, as they were. */
export default function KeptTurnsWindow({ turns, onClose }: KeptTurnsWindowProps) {
  const [log] = useState(() => turns && new TurnLog(turns));
  return (
    <Dialog
      title={inspectorWords.title}
      description={inspectorWords.about}
      size="wide"
      onClose={onClose}
    >
      {log ? (
        <InspectedTurns log={log} noCurve={inspectorWords.noCurveKept} />
      ) : (
        <p className="pb-4 text-sm text-muted">{inspectorWords.notKept}</p>
      )}
    </Dialog>
  );
}

import { AudioLines } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Button } from '../design/button.tsx';
import { bargeInWords } from '../words/barge-in.ts';
import { recommend, type RoomFindings } from './findings.ts';
import type { TuningStep } from './tune.ts';

type Tuning =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly step: TuningStep }
  | { readonly kind: 'failed' }
  | { readonly kind: 'done'; readonly findings: RoomFindings };

/** Listens to the person's room and recommends how readily the assistant should give way. */
export function TuneRoom() {
  const controls = useControls();
  const live = useConversation(({ microphone }) => microphone.kind === 'live');
  const [tuning, setTuning] = useState<Tuning>({ kind: 'idle' });
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const begin = async (): Promise<void> => {
    const abort = new AbortController();
    stop.current = abort;
    setTuning({ kind: 'running', step: 'quiet' });
    const findings = await controls.tuneToRoom(
      (step) => setTuning({ kind: 'running', step }),
      abort.signal,
    );
    if (!abort.signal.aborted) {
      setTuning(findings ? { kind: 'done', findings } : { kind: 'failed' });
    }
  };

  return (
    <div className="mt-2">
      <Button
        className="w-full"
        icon={AudioLines}
        disabled={!live || tuning.kind === 'running'}
        onClick={() => void begin()}
      >
        {bargeInWords.tuning.begin}
      </Button>
      <div role="status" className="mt-2 text-sm">
        {tuning.kind === 'running' && <p>{bargeInWords.tuning.steps[tuning.step]}</p>}
        {tuning.kind === 'failed' && <p>{bargeInWords.tuning.failed}</p>}
        {tuning.kind === 'done' && <p>{bargeInWords.tuning.found(tuning.findings)}</p>}
      </div>
      {tuning.kind === 'done' && <Recommended findings={tuning.findings} />}
    </div>
  );
}

function Recommended({ findings }: { findings: RoomFindings }) {
  const controls = useControls();
  const chosen = useConversation((state) => state.sensitivity);
  const sensitivity = recommend(findings);
  const { name } = bargeInWords.sensitivities[sensitivity];
  if (sensitivity === chosen)
    return <p className="mt-1 text-sm text-muted">{bargeInWords.tuning.inUse(name)}</p>;
  return (
    <Button
      className="mt-2 w-full"
      tone="primary"
      onClick={() => controls.setSensitivity(sensitivity)}
    >
      {bargeInWords.tuning.use(name)}
    </Button>
  );
}

import { FileDown } from 'lucide-react';
import { useEffect } from 'react';
import { useControls } from '../app/conversation-context.tsx';
import { Button } from '../design/button.tsx';
import { logWords } from '../words/log.ts';
import { keepLog, saveLog } from './keep-log.ts';

/** From its first showing on the log is kept, unless it has been before. */
export default function LogButton() {
  const { store } = useControls();
  useEffect(() => keepLog(store), [store]);
  return (
    <Button tone="quiet" icon={FileDown} title={logWords.about} onClick={() => saveLog()}>
      {logWords.save}
    </Button>
  );
}

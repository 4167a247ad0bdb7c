import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Key } from '../design/key.tsx';
import { words } from '../words/page.ts';
import { setSingleKeys, singleKeysOn } from './single-keys.ts';

const shortcuts = [
  [['Esc'], 'interrupt'],
  [['Space'], 'hold'],
  [['M'], 'mute'],
  [['V'], 'detector'],
  [['I'], 'inspector'],
  [['/'], 'message'],
  [['Enter'], 'send'],
  [['Shift', 'Enter'], 'newline'],
] as const;

interface ShortcutsHelpProps {
  onClose: () => void;
  /** Leads through the page; not given where there is no talk to be led through. */
  onTour: (() => void) | undefined;
}

export default function ShortcutsHelp({ onClose, onTour }: ShortcutsHelpProps) {
  const [singleKeys, setOn] = useState(singleKeysOn);
  return (
    <Dialog title={words.help.title} description={words.help.cutting} onClose={onClose}>
      <dl className="divide-y divide-line text-sm">
        {shortcuts.map(([keys, does]) => (
          <div key={does} className="flex min-h-target items-center justify-between gap-4">
            <dt>{words.help[does]}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Key key={key}>{key === 'Space' ? words.help.space : key}</Key>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <label className="mt-3 flex min-h-target cursor-pointer items-center gap-3 text-sm">
        <input
          type="checkbox"
          className="size-5 accent-ink"
          checked={singleKeys}
          onChange={({ target }) => {
            setSingleKeys(target.checked);
            setOn(target.checked);
          }}
        />
        {words.help.singleKeys}
      </label>
      {onTour && (
        <Button className="mt-3" onClick={onTour}>
          {words.transcript.tour}
        </Button>
      )}
    </Dialog>
  );
}

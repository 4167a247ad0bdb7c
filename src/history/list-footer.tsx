import { Ellipsis } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import Menu from '../design/menu.tsx';
import { Select } from '../design/select.tsx';
import { RecordAlways } from '../recording/record-choice.tsx';
import { historyWords as said } from '../words/history.ts';
import { exportWords } from '../transcript/export-words.ts';
import { formats } from './exporting.ts';
import { useHistory, useHistoryState } from './history-context.tsx';
import { retentions } from './retention.ts';
import { readableBytes } from './sizes.ts';

/** What concerns all conversations: for how long they are kept, how much room they take, in and out. */
export function ListFooter() {
  const history = useHistory();
  const retention = useHistoryState((state) => state.retention);
  const space = useHistoryState((state) => state.space);
  const count = useHistoryState(({ list }) =>
    list.kind === 'ready' ? list.conversations.length : 0,
  );
  const readable = useHistoryState(({ list }) => list.kind !== 'unreadable');
  const [asking, setAsking] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  if (!readable) return null;
  const items = [
    { label: said.all.import, choose: () => picker.current?.click() },
    ...(count === 0
      ? []
      : [
          ...formats.map((format) => ({
            label: said.all.exportAll(said.formats[format]),
            choose: () => void history.exportAll(format, exportWords()),
          })),
          { label: said.all.remove, choose: () => setAsking(true) },
        ]),
  ];
  return (
    <div className="border-t border-line px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Select
            label={said.keep}
            value={retention}
            options={retentions.map((value) => ({ value, label: said.retentions[value] }))}
            onChange={(value) => {
              const chosen = retentions.find((one) => one === value);
              if (chosen) history.setRetention(chosen);
            }}
          />
        </div>
        <Menu trigger={<Button icon={Ellipsis}>{said.all.more}</Button>} items={items} />
      </div>
      {retention !== 'none' && <RecordAlways />}
      <p className="mt-2 text-xs text-muted">
        {retention !== 'forever' && `${said.keepNote} `}
        {space && said.space(readableBytes(space.usedBytes), readableBytes(space.quotaBytes))}
      </p>
      <input
        ref={picker}
        type="file"
        accept=".json,application/json"
        aria-label={said.all.import}
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void history.importFrom(file);
          // So that the same file can be picked once more.
          target.value = '';
        }}
      />
      {asking && (
        <Dialog
          title={said.all.removeTitle}
          description={said.all.removeNote(count)}
          onClose={() => setAsking(false)}
        >
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setAsking(false)}>{said.one.cancel}</Button>
            <Button
              tone="primary"
              onClick={() => {
                setAsking(false);
                void history.removeAll();
              }}
            >
              {said.all.removeYes}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

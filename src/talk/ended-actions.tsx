import { Check, Copy, Download, History } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Late } from '../app/late.tsx';
import { Menu } from '../app/late-parts.ts';
import { Button } from '../design/button.tsx';
import { save } from '../saving/save.ts';
import { exportWords } from '../transcript/export-words.ts';
import { fileNameAt, toMarkdown, toPlainText } from '../transcript/export.ts';
import { words } from '../words/page.ts';
import { clockTime } from './clock-time.ts';

interface EndedActionsProps {
  durationMs: number;
  /** Goes back to the room that the person named by hand; undefined after a call in a room of our own. */
  rejoin: (() => void) | undefined;
  onHistory: () => void;
  className?: string;
}

/** What can be done once a conversation is over; its transcript still stands beside. */
export function EndedActions({ durationMs, rejoin, onHistory, className = '' }: EndedActionsProps) {
  const controls = useControls();
  const rows = useConversation((state) => state.rows);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const time = clockTime(durationMs);
  const saveMarkdown = (): void =>
    save(`${fileNameAt(Date.now())}.md`, toMarkdown(rows, exportWords()));
  const saveText = (): void =>
    save(`${fileNameAt(Date.now())}.txt`, toPlainText(rows, exportWords()));
  return (
    <div className={`mx-auto w-full max-w-sm text-center ${className}`}>
      <h2 ref={heading} tabIndex={-1} className="text-xl font-semibold tracking-tight outline-none">
        {words.ended.title}
      </h2>
      <p className="mt-1 text-sm text-balance text-muted">
        {rows.length > 0 ? words.ended.lasted(time) : words.ended.lastedEmpty(time)}
      </p>
      <div className="mt-4 flex flex-col gap-2">
        <Button tone="primary" className="w-full" onClick={() => controls.reset()}>
          {words.ended.again}
        </Button>
        {rejoin && <Button onClick={rejoin}>{words.ended.rejoin}</Button>}
        <Button icon={History} onClick={onHistory}>
          {words.ended.history}
        </Button>
        {rows.length > 0 && (
          <div className="grid grid-cols-2 gap-2">
            <CopyButton text={() => toPlainText(rows, exportWords())} />
            <Late
              fallback={
                <Button icon={Download} disabled>
                  {words.ended.download}
                </Button>
              }
              missing={
                <Button icon={Download} onClick={saveMarkdown}>
                  {words.ended.download}
                </Button>
              }
            >
              <Menu
                trigger={<Button icon={Download}>{words.ended.download}</Button>}
                items={[
                  { label: words.ended.markdown, choose: saveMarkdown },
                  { label: words.ended.plainText, choose: saveText },
                ]}
              />
            </Late>
          </div>
        )}
      </div>
    </div>
  );
}

function CopyButton({ text }: { text: () => string }) {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'failed'>('none');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  return (
    <>
      <Button icon={outcome === 'copied' ? Check : Copy} onClick={() => void copy()}>
        {words.ended.copy}
      </Button>
      <p
        role="status"
        className={outcome === 'failed' ? 'col-span-2 row-start-2 text-sm' : 'sr-only'}
      >
        {outcome === 'copied' && words.ended.copied}
        {outcome === 'failed' && words.ended.copyFailed}
      </p>
    </>
  );
}

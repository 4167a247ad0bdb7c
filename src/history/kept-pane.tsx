import { ArrowLeft, ChartGantt, Download, Pencil, RotateCcw, Trash2 } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Button } from '../design/button.tsx';
import { IconButton } from '../design/icon-button.tsx';
import KeptTurnsWindow from '../inspector/kept-turns-window.tsx';
import Menu from '../design/menu.tsx';
import { Replay } from '../recording/replay.ts';
import { ReplayBar, skipMs } from '../recording/replay-bar.tsx';
import type { SoundRecord } from '../recording/sound-record.ts';
import { clockTime } from '../talk/clock-time.ts';
import { perLanguage } from '../words/formats.ts';
import { historyWords as said } from '../words/history.ts';
import { titleOf } from './conversation-list.tsx';
import { fileNameAt } from '../transcript/export.ts';
import { exportWords } from '../transcript/export-words.ts';
import { formats } from './exporting.ts';
import { useHistory, useHistoryState } from './history-context.tsx';
import { KeptRows } from './kept-rows.tsx';
import { RenameForm } from './rename-form.tsx';
import type { KeptConversation } from './summary.ts';

interface KeptPaneProps {
  onResumed: () => void;
  className?: string;
}

/** One conversation as it was. */
export function KeptPane({ onResumed, className = '' }: KeptPaneProps) {
  const open = useHistoryState((state) => state.open);
  if (open.kind !== 'open') {
    return (
      <div
        className={`flex flex-col items-center justify-center gap-3 px-6 text-sm text-muted ${className}`}
      >
        <p role={open.kind === 'gone' ? 'alert' : undefined}>
          {open.kind === 'gone' ? said.one.gone : said.one.choose}
        </p>
        {open.kind === 'gone' && <BackButton />}
      </div>
    );
  }
  const { conversation, at } = open;
  return (
    <Kept
      key={`${conversation.id} ${at ?? ''}`}
      conversation={conversation}
      at={at}
      onResumed={onResumed}
      className={className}
    />
  );
}

interface KeptProps extends Required<KeptPaneProps> {
  conversation: KeptConversation;
  at: string | undefined;
}

function Kept({ conversation, at, onResumed, className }: KeptProps) {
  const history = useHistory();
  const { id, startedAtMs, rows } = conversation;
  const record = useHistoryState((state) => state.sound.get(id));
  const replay = useReplay(record);
  const goesOn = useConversation(
    ({ keptAs, call }) => keptAs === id && call.kind !== 'idle' && call.kind !== 'ended',
  );
  const onKeyDown = ({ key, target, ctrlKey, altKey, metaKey }: KeyboardEvent): void => {
    const isTyping = target instanceof HTMLInputElement && target.type === 'text';
    if (!replay || isTyping || ctrlKey || altKey || metaKey) return;
    if (key === 'k') void replay.toggle();
    if (key === 'j') void replay.skip(-skipMs);
    if (key === 'l') void replay.skip(skipMs);
  };
  return (
    <section
      aria-label={titleOf(conversation)}
      onKeyDown={onKeyDown}
      className={`flex min-h-0 min-w-0 flex-col ${className}`}
    >
      <Head conversation={conversation} onResumed={onResumed} />
      {replay && record && (
        <ReplayBar
          replay={replay}
          bytes={record.bytes}
          fileName={`${fileNameAt(startedAtMs)}.ogg`}
          onRemove={goesOn ? undefined : () => void history.removeSound(id)}
        />
      )}
      <KeptRows rows={rows} at={at} replay={replay} />
    </section>
  );
}

/** A replay of what was recorded when the conversation was opened, let go when it is left. */
function useReplay(record: SoundRecord | undefined): Replay | undefined {
  const bytes = record?.bytes;
  // A list that was read anew has the same record as another object.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const replay = useMemo(() => record && new Replay(record), [bytes]);
  useEffect(() => () => replay?.close(), [replay]);
  return replay;
}

function Head({
  conversation,
  onResumed,
}: {
  conversation: KeptConversation;
  onResumed: () => void;
}) {
  const history = useHistory();
  const controls = useControls();
  const { id, title, opening, engine, startedAtMs, talkedMs, said: lines } = conversation;
  const inCall = useConversation(({ call }) => call.kind !== 'idle' && call.kind !== 'ended');
  const isThis = useConversation(({ keptAs }) => keptAs === id);
  const held = useHistoryState((state) => state.held.has(id));
  const [naming, setNaming] = useState(false);
  const [refused, setRefused] = useState(false);
  const [inspecting, setInspecting] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const why = useId();
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  const blocked = obstacle({ inCall, isThis, held });
  const resume = async (): Promise<void> => {
    const done = await controls.resume(id);
    if (done) onResumed();
    else setRefused(true);
  };
  const remove = (): void => {
    // The page still shows it; the next thing that is said there must not bring it back.
    if (isThis) controls.reset();
    void history.remove(id);
  };
  return (
    <div className="border-b border-line px-4 py-3 sm:px-6">
      {naming ? (
        <RenameForm
          title={title ?? ''}
          placeholder={opening}
          onDone={(name) => {
            setNaming(false);
            if (name !== undefined) void history.rename(id, name);
          }}
        />
      ) : (
        <div className="flex items-start gap-1">
          <BackButton />
          <h2
            ref={heading}
            tabIndex={-1}
            className="mt-2 line-clamp-2 min-w-0 flex-1 text-base font-semibold wrap-break-word outline-none"
          >
            {titleOf(conversation)}
          </h2>
          <IconButton label={said.one.rename} icon={Pencil} onClick={() => setNaming(true)} />
          <IconButton
            label={said.one.remove}
            icon={Trash2}
            disabled={(isThis && inCall) || (held && !isThis)}
            onClick={remove}
          />
        </div>
      )}
      <p className="text-xs text-muted tabular-nums">
        {[dateFormat().format(startedAtMs), clockTime(talkedMs), said.said(lines), engine]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button
          tone="primary"
          icon={RotateCcw}
          aria-describedby={why}
          disabled={blocked !== undefined}
          onClick={() => void resume()}
        >
          {said.one.resume}
        </Button>
        <Menu
          trigger={<Button icon={Download}>{said.one.export}</Button>}
          items={formats.map((format) => ({
            label: said.formats[format],
            choose: () => history.exportOne(format, exportWords()),
          }))}
        />
        <Button icon={ChartGantt} onClick={() => setInspecting(true)}>
          {said.one.turns}
        </Button>
      </div>
      {inspecting && (
        <KeptTurnsWindow turns={conversation.turns} onClose={() => setInspecting(false)} />
      )}
      <p id={why} role={refused ? 'alert' : undefined} className="mt-2 text-xs text-muted">
        {refused ? said.one.notResumed : (blocked ?? said.one.resumeHint)}
      </p>
    </div>
  );
}

function BackButton() {
  const history = useHistory();
  return (
    <IconButton
      label={said.one.back}
      icon={ArrowLeft}
      className="-ml-3 lg:hidden"
      onClick={() => history.close()}
    />
  );
}

/** Why a conversation cannot be resumed now. */
function obstacle(place: { inCall: boolean; isThis: boolean; held: boolean }): string | undefined {
  if (place.inCall) return place.isThis ? said.one.here : said.one.inCall;
  return place.held && !place.isThis ? said.one.elsewhere : undefined;
}

const dateFormat = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }),
);

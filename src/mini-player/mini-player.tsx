import { Hand, Mic, MicOff, PhoneOff } from 'lucide-react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { ControlButton } from '../talk/control-button.tsx';
import { Presence } from '../talk/presence/presence.tsx';
import { presenceOf } from '../talk/presence/state.ts';
import { words } from '../words/page.ts';
import { lastLine } from './last-line.ts';

/** The talk in a window of a hand's size: who does what, the last line, and the three buttons that cannot wait. */
export function MiniPlayer() {
  const controls = useControls();
  const presence = useConversation(presenceOf);
  const line = useConversation(({ rows }) => lastLine(rows));
  const live = useConversation(({ microphone }) => microphone.kind === 'live');
  const muted = useConversation(({ microphone }) => microphone.kind === 'live' && microphone.muted);
  return (
    <main className="flex h-dvh flex-col gap-2 overflow-hidden bg-canvas p-3 text-ink">
      <div className="flex min-h-0 flex-1 items-center gap-3">
        <Presence state={presence} muted={muted || !live} className="w-16 shrink-0" />
        <div className="min-w-0 flex-1">
          <h1 className="text-base font-semibold tracking-tight">
            {words.presence[presence].name}
          </h1>
          {line && (
            <p className="line-clamp-3 text-sm text-muted">
              {words.transcript[line.speaker]}: {line.text}
            </p>
          )}
        </div>
      </div>
      <div role="group" aria-label={words.controls.label} className="grid grid-cols-3 gap-1">
        <ControlButton
          name={muted ? words.controls.unmute : words.controls.mute}
          caption={muted ? words.controls.unmuteShort : words.controls.muteShort}
          icon={muted ? MicOff : Mic}
          strong={muted}
          disabled={!live}
          onClick={() => void controls.setMuted(!muted)}
        />
        <ControlButton
          name={words.controls.interrupt}
          caption={words.controls.interrupt}
          icon={Hand}
          strong={presence === 'speaking'}
          onClick={() => controls.interrupt('button')}
        />
        <ControlButton
          name={words.controls.leave}
          caption={words.controls.leave}
          icon={PhoneOff}
          onClick={() => void controls.leave()}
        />
      </div>
    </main>
  );
}

import { Mic } from 'lucide-react';
import { useRef } from 'react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { offerOf } from '../settings/state.ts';
import { words } from '../words/page.ts';
import { useTalkKey } from './use-talk-key.ts';

/** Held to talk, by finger, mouse or space bar. Who cannot hold anything begins with a press of Enter and ends with another. */
export function HoldButton() {
  const { pushToTalk } = useControls();
  const held = useConversation(({ hold }) => hold.kind === 'held');
  const muted = useConversation(({ microphone }) => microphone.kind !== 'live' || microphone.muted);
  const gatedBy = useConversation(({ settings, capabilities }) =>
    offerOf(settings)?.pushToTalk === 'gated' ? capabilities?.engine.name : undefined,
  );
  const pointer = useRef<number>(undefined);
  useTalkKey();
  return (
    <div className="mx-auto mb-2 w-full max-w-md text-center">
      <button
        type="button"
        data-hold-to-talk=""
        aria-pressed={held}
        aria-disabled={muted && !held}
        onPointerDown={(event) => {
          if (event.button !== 0 || pointer.current !== undefined) return;
          pointer.current = event.pointerId;
          // The finger may slide off the button; what it does there is still its word.
          event.currentTarget.setPointerCapture(event.pointerId);
          pushToTalk.press();
        }}
        onPointerUp={({ pointerId }) => {
          if (pointerId === pointer.current) pushToTalk.release();
        }}
        // The system took the pointer for something else, so the end of the speech is not known.
        onPointerCancel={({ pointerId }) => {
          if (pointerId === pointer.current) pushToTalk.cancel();
        }}
        onLostPointerCapture={({ pointerId }) => {
          if (pointerId !== pointer.current) return;
          pointer.current = undefined;
          pushToTalk.release();
        }}
        // A long touch would bring up a menu and end the hold.
        onContextMenu={(event) => event.preventDefault()}
        onClick={({ detail }) => {
          // No pointer made this click: Enter, or a screen reader.
          if (detail !== 0) return;
          if (held) pushToTalk.release();
          else pushToTalk.press();
        }}
        className={`flex min-h-14 w-full touch-none items-center justify-center gap-2 rounded-full border text-base font-medium transition-[background-color,border-color,color,scale] select-none [-webkit-touch-callout:none] aria-disabled:opacity-45 ${
          held
            ? 'scale-98 border-listening bg-surface text-listening'
            : 'border-transparent bg-ink text-canvas hover:opacity-88'
        }`}
      >
        <Mic aria-hidden="true" className="size-5" />
        {held ? words.hold.held : words.hold.name}
      </button>
      {gatedBy !== undefined && (
        <p className="mt-1.5 text-xs text-muted">{words.hold.gated(gatedBy)}</p>
      )}
    </div>
  );
}

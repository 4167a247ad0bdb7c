import { PictureInPicture2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { MiniPlayer } from '../mini-player/mini-player.tsx';
import { hasPictureWindow, openPictureWindow } from '../mini-player/picture-window.ts';
import { words } from '../words/page.ts';
import { phoneWords as said } from '../words/phone.ts';
import { watchDefaultMicrophone } from './default-microphone.ts';
import { showInMediaSession } from './media-session.ts';
import { keepScreenOn } from './wake-lock.ts';

/** In px; the person may change it, and the browser keeps what they chose. */
const smallWidth = 320;
const smallHeight = 200;

/**
 * What phone and desktop lend to a talk for as long as it is shown: the screen that stays on, keys and headset buttons, the
 * system's choice of microphone, and a small window above all others. Shows the button for that window, where there is one.
 */
export default function Companion() {
  const controls = useControls();
  const muted = useConversation(({ microphone }) => microphone.kind !== 'live' || microphone.muted);
  const [small, setSmall] = useState<Window>();

  useEffect(() => keepScreenOn({ document, wakeLock: screenLock() }), []);

  useEffect(
    () =>
      watchDefaultMicrophone(() => {
        const { microphone, microphoneId } = controls.store.getState();
        // What the person chose stays; only who left it to the system follows the system.
        const follows = microphone.kind === 'live' && microphoneId === 'default';
        if (follows) void controls.chooseMicrophone('default');
      }),
    [controls],
  );

  useEffect(() => {
    const title = words.product.conversation;
    const shown = { title, product: words.product.name, muted };
    return showInMediaSession(shown, {
      interrupt: () => controls.interrupt('button'),
      leave: () => void controls.leave(),
      setMuted: (mute) => void controls.setMuted(mute),
      ...(hasPictureWindow() && { showSmall: () => void show(setSmall) }),
    });
  }, [controls, muted]);

  useEffect(() => () => small?.close(), [small]);

  if (!hasPictureWindow()) return null;
  return (
    <>
      <IconButton
        label={said.small}
        icon={PictureInPicture2}
        aria-pressed={small !== undefined}
        className="max-md:hidden"
        onClick={() => (small ? small.close() : void show(setSmall))}
      />
      {small && createPortal(<MiniPlayer />, small.document.body)}
    </>
  );
}

/** Missing in old browsers, and where the page does not come over a secure connection. */
function screenLock(): WakeLock | undefined {
  return 'wakeLock' in navigator ? navigator.wakeLock : undefined;
}

async function show(changed: (small: Window | undefined) => void): Promise<void> {
  try {
    const small = await openPictureWindow(smallWidth, smallHeight);
    small.document.title = words.product.name;
    small.addEventListener('pagehide', () => changed(undefined), { once: true });
    changed(small);
  } catch {
    // The browser refuses without a click, or where the system allows no such window; the page itself is there.
  }
}

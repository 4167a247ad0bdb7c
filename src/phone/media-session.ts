/** What keys, headset buttons and the system's own panel may do to a talk. */
export interface TalkKeys {
  readonly interrupt: () => void;
  readonly leave: () => void;
  readonly setMuted: (muted: boolean) => void;
  /** Shows the talk in a small window of its own; missing where the browser has none. */
  readonly showSmall?: () => void;
}

export interface TalkShown {
  readonly title: string;
  readonly product: string;
  readonly muted: boolean;
}

/**
 * Shows the talk in the system's panel, and takes what is pressed there or on a headset: pausing and stopping interrupt the
 * assistant, hanging up leaves. Returns the release. https://www.w3.org/TR/mediasession/
 */
export function showInMediaSession({ title, product, muted }: TalkShown, keys: TalkKeys) {
  const session = 'mediaSession' in navigator ? navigator.mediaSession : undefined;
  if (!session) return () => undefined;
  const handlers: Readonly<Record<string, (() => void) | undefined>> = {
    pause: keys.interrupt,
    stop: keys.interrupt,
    hangup: keys.leave,
    togglemicrophone: () => keys.setMuted(!muted),
    enterpictureinpicture: keys.showSmall,
  };
  session.metadata = new MediaMetadata({
    title,
    artist: product,
    artwork: [{ src: '/icon-512.png', sizes: '512x512', type: 'image/png' }],
  });
  session.playbackState = 'playing';
  for (const [action, handler] of Object.entries(handlers)) handle(session, action, handler);
  void tellMicrophone(session, !muted);
  return () => {
    for (const action of Object.keys(handlers)) handle(session, action, undefined);
    session.metadata = null;
    session.playbackState = 'none';
  };
}

/** A browser throws at an action that it does not know; the others work all the same. */
function handle(session: MediaSession, action: string, handler: (() => void) | undefined): void {
  try {
    session.setActionHandler(action as MediaSessionAction, handler ?? null);
  } catch {
    // Nothing in this browser asks for it.
  }
}

/** So that the toggle shows what is; known to Chromium alone. */
async function tellMicrophone(session: MediaSession, active: boolean): Promise<void> {
  const { setMicrophoneActive } = session as { setMicrophoneActive?: (active: boolean) => unknown };
  try {
    await setMicrophoneActive?.call(session, active);
  } catch {
    // It refuses while the page has no microphone open.
  }
}

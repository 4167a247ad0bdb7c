const unsent = 'It could not be sent to this room. Try again, or leave and come back.';

/** The texts around a screen or a camera that is shown to whatever answers. */
export const sharingWords = {
  title: 'Share screen or camera',
  share: { screen: 'Share the screen', camera: 'Share the camera' },
  stop: 'Stop sharing',
  dismiss: 'Dismiss',
  live: { screen: 'You share your screen', camera: 'You share your camera' },
  preview: { screen: 'Your screen, as it is shared', camera: 'Your camera, as it is shared' },
  seenBy: (name: string) =>
    `${name} sees it, above all while you speak. Nothing of it is kept here.`,
  seenByNobody: 'Nobody is here to see it at the moment.',
  canSee: 'It can be shown your screen or your camera.',
  blind: 'It sees neither your screen nor your camera.',
  cannotBeShown: (name: string) => `${name} cannot see`,
  choose: (name: string) => `Choose ${name}…`,
  begun: {
    screen: 'Your screen is shared with the assistant.',
    camera: 'Your camera is shared with the assistant.',
  },
  ended: 'Nothing is shared any more.',
  endedBy: {
    browser: 'The browser has stopped the sharing.',
    connection: 'Sharing has ended with the connection. Share again if you like.',
  },
  cannotSee: (name: string) => `Sharing has ended: ${name} cannot see.`,
  seesNow: (name: string) => `What you share is now seen by ${name}.`,
  obstacles: {
    screen: {
      refused:
        'Nothing was chosen, or the browser does not allow it. To share, press again and choose a screen, window or tab.',
      missing: 'The browser has found no screen to share. Share the camera instead.',
      busy: 'The system does not let the browser see the screen. Allow it in the system’s settings, or share the camera.',
      unsent,
    },
    camera: {
      refused:
        'The browser does not let this page use the camera. Allow it beside the address, then share again.',
      missing: 'No camera was found. Plug one in, or share the screen.',
      busy: 'The camera cannot be started; another program may have it. Close that one, then share again.',
      unsent,
    },
  },
} as const;

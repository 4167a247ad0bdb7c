import type { ShareSource } from './sharing.ts';

/** A look a second is all that anything makes of it; words on a screen have to stay readable. */
const rateHz = 5;
const longestScreenSide = 1280;
const camera = { width: 640, height: 480 };

/** What this browser lets be shared: phones have no screen to share. */
export function shareable(): readonly ShareSource[] {
  if (!('mediaDevices' in navigator)) return [];
  return 'getDisplayMedia' in navigator.mediaDevices ? ['screen', 'camera'] : ['camera'];
}

/** To be called in the click itself: browsers ask about a screen only then. Rejects as the browser does. */
export async function capture(source: ShareSource): Promise<MediaStream> {
  if (source === 'screen') {
    return navigator.mediaDevices.getDisplayMedia({
      video: {
        frameRate: { max: rateHz },
        width: { max: longestScreenSide },
        height: { max: longestScreenSide },
      },
      audio: false,
    });
  }
  return navigator.mediaDevices.getUserMedia({
    video: {
      width: { ideal: camera.width },
      height: { ideal: camera.height },
      frameRate: { ideal: rateHz },
      // Of a phone the one that looks at things; others have but one.
      facingMode: { ideal: 'environment' },
    },
  });
}

export function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

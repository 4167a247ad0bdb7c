/** A moving picture. */
export interface Picture {
  /** Draws it as it is at this moment, ms on the page's clock (`performance.now`). */
  draw(nowMs: number): void;
  /** Whether so little moves in it now that few frames do. */
  isCalm?(): boolean;
}

/**
 * Pauses before the next frame is asked for, in ms; with a screen of 60 Hz they give 30 and 10 frames a second. A picture
 * that follows a voice looks the same with 60, which take twice the processor and the battery.
 */
const pauseMs = { lively: 20, calm: 85 } as const;

const pictures = new Set<Picture>();
let isDrawing = false;

/** Draws a picture until the release is called. All are drawn in the same frames, and none while the page is hidden. */
export function animate(picture: Picture): () => void {
  pictures.add(picture);
  if (!isDrawing) {
    isDrawing = true;
    requestAnimationFrame(drawAll);
  }
  return () => {
    pictures.delete(picture);
  };
}

function drawAll(nowMs: number): void {
  for (const picture of pictures) picture.draw(nowMs);
  isDrawing = pictures.size > 0;
  if (!isDrawing) return;
  const isCalm = [...pictures].every((picture) => picture.isCalm?.());
  setTimeout(() => requestAnimationFrame(drawAll), isCalm ? pauseMs.calm : pauseMs.lively);
}

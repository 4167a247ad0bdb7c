import { frameMs } from '../../vad/silero/frame.ts';
import { levelMs } from '../barge-in/echo.ts';

export const levelsPerFrame = Math.round(frameMs / levelMs);

/** RMS of each 8 ms of a frame. */
export function levelsOf(samples: Float32Array): number[] {
  const length = samples.length / levelsPerFrame;
  return Array.from({ length: levelsPerFrame }, (_, part) => {
    let squares = 0;
    for (let i = part * length; i < (part + 1) * length; i += 1) {
      squares += (samples[i] ?? 0) ** 2;
    }
    return Math.sqrt(squares / length);
  });
}

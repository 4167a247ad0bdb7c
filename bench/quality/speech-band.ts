import { frameRateHz } from '../../vad/silero/frame.ts';

/** Below this there is rumble and nothing that tells words apart, in Hz. */
const lowestHz = 150;

/** A recording (16 kHz) without what lies below speech: a Butterworth filter of the second order, twice. */
export function speechBand(sound: Float32Array): Float32Array {
  return highPassed(highPassed(sound));
}

function highPassed(sound: Float32Array): Float32Array {
  const turn = (2 * Math.PI * lowestHz) / frameRateHz;
  const cosine = Math.cos(turn);
  const width = Math.sin(turn) / Math.SQRT2;
  const scale = 1 + width;
  const [outer, inner] = [(1 + cosine) / 2 / scale, -(1 + cosine) / scale];
  const [first, second] = [(-2 * cosine) / scale, (1 - width) / scale];
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return sound.map((x) => {
    const y = outer * x + inner * x1 + outer * x2 - first * y1 - second * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  });
}

import { seeded } from '../../sounds/seeded.ts';
import { roomRateHz } from '../sound/sound-room.ts';

/** A microphone is never without noise: two seconds of it, white, the same each time, at this RMS level. 48 kHz. */
export function faintNoise(levelDbfs: number): Float32Array {
  // Uniform from -1 to 1 has an RMS of 1/√3.
  const gain = 10 ** (levelDbfs / 20) * Math.sqrt(3);
  const next = seeded(1);
  return new Float32Array(2 * roomRateHz).map(() => (2 * next() - 1) * gain);
}

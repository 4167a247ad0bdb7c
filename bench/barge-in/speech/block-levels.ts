import { roomRateHz } from '../sound/sound-room.ts';
import { levelOf } from '../../sounds/level.ts';

export const blockMs = 10;
export const blockSamples = (roomRateHz * blockMs) / 1000;

/** Level of each 10 ms of a sound at the room's rate, in dBFS. */
export function blockLevels(samples: Float32Array): number[] {
  return Array.from({ length: Math.floor(samples.length / blockSamples) }, (_, block) =>
    levelOf(samples.subarray(block * blockSamples, (block + 1) * blockSamples)),
  );
}

import { roomRateHz } from '../sound/sound-room.ts';
import { blockLevels, blockMs } from './block-levels.ts';

/** Speech is active from so far below its own level on, in dB (ITU-T P.56, section 6.2). */
const marginDb = 15.9;

/**
 * How long after the first sample of at least `audibleFrom` (of 1) the first 10 ms of active speech begin, in ms: what comes
 * before is the soft beginning of a vowel, a breath or an s. Of sound at the room's rate whose speech has this RMS, in dBFS.
 */
export function softBeginningMs(
  samples: Float32Array,
  levelDbfs: number,
  audibleFrom: number,
): number {
  const audible = samples.findIndex((sample) => Math.abs(sample) >= audibleFrom);
  const active = blockLevels(samples).findIndex((level) => level >= levelDbfs - marginDb);
  if (audible < 0 || active < 0) throw new Error('There is no speech in it.');
  return Math.max(0, active * blockMs - (audible / roomRateHz) * 1000);
}

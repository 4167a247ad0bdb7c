import { placeOf } from '../barge-in/sound/moments.ts';
import type { Recording } from '../barge-in/sound/recorder.ts';
import { roomRateHz } from '../barge-in/sound/sound-room.ts';
import { levelOf } from '../sounds/level.ts';

const comparedS = 0.5;
const longestMs = 800;
/** A stretch that sounds through, in dBFS. */
const soundingDbfs = -30;

/** How the microphone heard what the speaker played, as both were recorded. */
export interface MeasuredEcho {
  /** Of the strongest way. */
  readonly delayMs: number;
  readonly gainDb: number;
}

/** Of the last stretch of half a second that sounds and is found again; undefined if there is none. */
export function measuredEcho({ microphone, speaker }: Recording): MeasuredEcho | undefined {
  const length = comparedS * roomRateHz;
  for (let at = speaker.length - 4 * length; at >= 0; at -= length) {
    const played = samplesOf(speaker, at, length);
    if (levelOf(played) < soundingDbfs) continue;
    const to = at + (longestMs * roomRateHz) / 1000;
    try {
      const place = placeOf(played, microphone, { from: at, to });
      return {
        delayMs: Math.round(((place - at) / roomRateHz) * 1000),
        gainDb: Math.round(levelOf(samplesOf(microphone, place, length)) - levelOf(played)),
      };
    } catch {
      // The person or the noise is too loud there; another stretch may do.
    }
  }
  return undefined;
}

function samplesOf(recorded: Int16Array, from: number, length: number): Float32Array {
  return Float32Array.from(recorded.subarray(from, from + length), (sample) => sample / 0x8000);
}

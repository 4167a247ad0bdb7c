import type { EchoPath } from '../barge-in/echo.ts';
import type { Sensitivity } from '../barge-in/policy.ts';
import type { WatchedFrame } from '../vad/messages.ts';

/** What was found out about a room, and which sensitivity suits it. */
export type RoomFindings =
  /** Noise alone is loud, or is taken for speech. */
  | { readonly kind: 'noisy'; readonly noiseDb: number }
  /** The loudspeaker is heard, and is taken for a person. */
  | { readonly kind: 'echoing'; readonly noiseDb: number }
  /** The loudspeaker is heard, and known for what it is. */
  | { readonly kind: 'echo-known'; readonly noiseDb: number; readonly echo: EchoPath }
  /** Nothing of the loudspeaker is heard. */
  | { readonly kind: 'clear'; readonly noiseDb: number }
  /** Nothing of the loudspeaker is heard, and hardly anything else. */
  | { readonly kind: 'quiet'; readonly noiseDb: number };

const recommended: Readonly<Record<RoomFindings['kind'], Sensitivity>> = {
  noisy: 'gentle',
  echoing: 'gentle',
  'echo-known': 'normal',
  clear: 'normal',
  quiet: 'eager',
};

export function recommend({ kind }: RoomFindings): Sensitivity {
  return recommended[kind];
}

const noisyFromDb = -40;
const quietBelowDb = -55;
/** From this probability on a frame is taken for speech. */
const speechFrom = 0.5;
/** A frame or two may be taken for speech by chance. */
const byChance = 2;
const floorDb = -100;

/** `inQuiet` and `withSound`: frames while nobody spoke, first in quiet, then with a voice on the loudspeaker. */
export function judgeRoom(
  inQuiet: readonly WatchedFrame[],
  withSound: readonly WatchedFrame[],
): RoomFindings {
  const noiseDb = median(inQuiet.map(({ heardRms }) => dB(heardRms)));
  const asSpeech = ({ probability, isEcho }: WatchedFrame): boolean =>
    probability >= speechFrom && !isEcho;
  if (noiseDb > noisyFromDb || inQuiet.filter(asSpeech).length > byChance) {
    return { kind: 'noisy', noiseDb };
  }
  const echo = withSound.findLast((frame) => frame.echo)?.echo;
  // An echo is known only after a while, so what is not taken for one before that counts against nobody.
  const settled = echo ? withSound.slice(withSound.findIndex((frame) => frame.echo)) : withSound;
  if (settled.filter(asSpeech).length > byChance) return { kind: 'echoing', noiseDb };
  if (echo) return { kind: 'echo-known', noiseDb, echo };
  return { kind: noiseDb < quietBelowDb ? 'quiet' : 'clear', noiseDb };
}

function dB(rms: number): number {
  return Math.max(floorDb, 20 * Math.log10(rms));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? floorDb;
}

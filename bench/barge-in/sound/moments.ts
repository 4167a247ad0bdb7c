import { roomRateHz } from './sound-room.ts';

/** Sound is compared at 8 kHz: fine enough to place it within an eighth of a millisecond. */
const coarse = 6;
/** So much of a clip is enough to find it again, in ms. */
const comparedMs = 500;
const blockMs = 5;
const blockSamples = (roomRateHz * blockMs) / 1000;

/**
 * Where a clip begins in a recording, in samples: the place in `from` to `to` where the two are most alike, whatever noise
 * or echo lies over it. Throws if they are alike nowhere.
 */
export function placeOf(
  clip: Float32Array,
  recording: Int16Array,
  { from, to }: { from: number; to: number },
): number {
  const wanted = coarsely(clip.subarray(0, (comparedMs * roomRateHz) / 1000));
  const heard = coarsely(recording.subarray(Math.max(0, from), to + coarse * wanted.length));
  const wantedEnergy = energy(wanted, 0, wanted.length);
  let best = { place: 0, likeness: 0 };
  for (let place = 0; place + wanted.length <= heard.length; place += 1) {
    let product = 0;
    for (let i = 0; i < wanted.length; i += 1)
      product += (wanted[i] ?? 0) * (heard[place + i] ?? 0);
    const heardEnergy = energy(heard, place, wanted.length);
    const likeness = heardEnergy === 0 ? 0 : product / Math.sqrt(wantedEnergy * heardEnergy);
    if (likeness > best.likeness) best = { place, likeness };
  }
  if (best.likeness < 0.3) throw new Error('What was said is not in the recording.');
  return Math.max(0, from) + best.place * coarse;
}

/**
 * The first sample of the silence (RMS over 5 ms at most `quietest`, of 16-bit samples) that is still unbroken at `until`;
 * `from` if nothing sounded since then, undefined if there is sound up to the end.
 */
export function silentSince(
  sound: Int16Array,
  { from, until, quietest }: { from: number; until: number; quietest: number },
): number | undefined {
  let at = Math.min(until, sound.length) - blockSamples;
  while (at >= from && rms(sound, at, blockSamples) <= quietest) at -= blockSamples;
  if (at < from) return from;
  const since = at + blockSamples;
  return since + blockSamples > until ? undefined : since;
}

/** For how long, in ms, sound was louder than `quietest` (RMS over 5 ms, of 16-bit samples). */
export function soundedMs(sound: Int16Array, quietest: number): number {
  let blocks = 0;
  for (let at = 0; at + blockSamples <= sound.length; at += blockSamples) {
    if (rms(sound, at, blockSamples) > quietest) blocks += 1;
  }
  return blocks * blockMs;
}

function coarsely(samples: Int16Array | Float32Array): Float32Array {
  return Float32Array.from({ length: Math.floor(samples.length / coarse) }, (_, index) => {
    let sum = 0;
    for (let i = 0; i < coarse; i += 1) sum += samples[index * coarse + i] ?? 0;
    return sum / coarse;
  });
}

function energy(samples: Float32Array, from: number, length: number): number {
  let sum = 0;
  for (let i = from; i < from + length; i += 1) sum += (samples[i] ?? 0) ** 2;
  return sum;
}

function rms(samples: Int16Array, from: number, length: number): number {
  let squares = 0;
  for (let i = from; i < from + length; i += 1) squares += (samples[i] ?? 0) ** 2;
  return Math.sqrt(squares / length);
}

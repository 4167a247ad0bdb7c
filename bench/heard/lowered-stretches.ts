import type { WatchedEvents } from '../barge-in/watched-detector.ts';

type Frame = WatchedEvents['frames'][number];

/** Frames before the voice was lowered that are noted as well: what lowered it. */
const before = 6;

/** What the detector saw while the voice was lowered once, 32 ms a value. */
export interface LoweredStretch {
  /** Of speech, in percent. */
  readonly probability: readonly number[];
  /** Of the microphone, and of what was played meanwhile, in dBFS. */
  readonly heardDb: readonly number[];
  readonly playedDb: readonly number[];
  /** How the microphone hears the speaker, as far as was known at the end. */
  readonly echo: Frame['echo'];
}

export function loweredStretches(frames: readonly Frame[]): LoweredStretch[] {
  const stretches: LoweredStretch[] = [];
  let from: number | undefined;
  for (const [at, { state }] of frames.entries()) {
    if (state === 'ducked') from ??= at;
    else if (from !== undefined) {
      stretches.push(stretchOf(frames.slice(Math.max(0, from - before), at)));
      from = undefined;
    }
  }
  return stretches;
}

function stretchOf(frames: readonly Frame[]): LoweredStretch {
  return {
    probability: frames.map(({ probability }) => Math.round(100 * probability)),
    heardDb: frames.map(({ heardRms }) => decibels(heardRms)),
    playedDb: frames.map(({ playedRms }) => decibels(playedRms)),
    echo: frames.at(-1)?.echo,
  };
}

function decibels(rms: number): number {
  return Math.round(20 * Math.log10(rms + 1e-5));
}

import { frameRateHz, frameSamples } from '../../vad/silero/frame.ts';
import { scoredFrames } from '../../src/lab/benchmark/scores.ts';
import { speechBand } from './speech-band.ts';

const blockMs = 10;
const blockSamples = 160;
/** Speech begins this share of the way, in dB, from the room's noise to the loud parts: the levels with a twentieth of all below and above. */
const shareOfRange = 1 / 3;
/** A shorter silence, in ms, belongs to the words around it; a longer one is a pause. */
const pauseMs = 200;
/** What is shorter is a click of the lips, in ms. */
const shortestMs = 60;

/** A stretch of speech, in samples. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where somebody speaks in a clean recording (16 kHz), told by loudness alone: no detector has a say in it. */
export function speechIn(clean: Float32Array): Stretch[] {
  const levels = Array.from({ length: Math.floor(clean.length / blockSamples) }, (_, block) => {
    const squares = clean
      .subarray(block * blockSamples, (block + 1) * blockSamples)
      .reduce((sum, sample) => sum + sample * sample, 0);
    return 10 * Math.log10(squares / blockSamples + 1e-12);
  });
  const sorted = [...levels].sort((a, b) => a - b);
  const floor = sorted[Math.floor(0.05 * levels.length)] ?? 0;
  const loud = sorted[Math.floor(0.95 * levels.length)] ?? 0;
  const audibleFrom = floor + (loud - floor) * shareOfRange;
  const stretches: { from: number; to: number }[] = [];
  levels.forEach((level, block) => {
    if (level < audibleFrom) return;
    const last = stretches[stretches.length - 1];
    const from = block * blockSamples;
    if (last && from - last.to <= (pauseMs / blockMs) * blockSamples) last.to = from + blockSamples;
    else stretches.push({ from, to: from + blockSamples });
  });
  return stretches.filter(({ from, to }) => to - from >= (shortestMs / blockMs) * blockSamples);
}

/** No words that stand alone are shorter, in ms; knocks and breaths are. */
const shortestWordsMs = 200;

/** As `speechIn`, but deaf to rumble and to what is too short for words: in rests, loudness alone finds both. */
export function wordsIn(clean: Float32Array): Stretch[] {
  return speechIn(speechBand(clean)).filter(
    ({ from, to }) => to - from >= (shortestWordsMs / 1000) * frameRateHz,
  );
}

/** For each frame of the detector whether most of it is speech. */
export function frameLabels(stretches: readonly Stretch[], samples: number): boolean[] {
  return Array.from({ length: Math.floor(samples / frameSamples) }, (_, frame) => {
    const begin = frame * frameSamples;
    const end = begin + frameSamples;
    const spoken = stretches.reduce(
      (sum, { from, to }) => sum + Math.max(0, Math.min(to, end) - Math.max(from, begin)),
      0,
    );
    return 2 * spoken > frameSamples;
  });
}

/** For each frame whether its middle is further than the collar, in ms, from every edge: the rest is not scored. */
export function outsideCollars(
  stretches: readonly Stretch[],
  frames: number,
  collarMs: number,
): boolean[] {
  const segments = stretches.map(({ from, to }) => ({
    startMs: (1000 * from) / frameRateHz,
    endMs: (1000 * to) / frameRateHz,
  }));
  return Array.from(scoredFrames(segments, frames, collarMs), (scored) => scored === 1);
}

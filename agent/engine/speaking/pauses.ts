import { speakingRateHz } from '../wire/messages.ts';

/** Below this, in [-1, 1], nothing is heard. */
const audible = 0.005;
const leadMs = 10;
/** What a person leaves between sentences, and between the parts of one. */
const sentencePauseMs = 220;
const clausePauseMs = 100;

/**
 * The voice leaves about 50 ms of silence before a piece and anything from 40 to 190 ms after it. Before, it only delays
 * the answer; after, it should be as long as the mark at the end of the text asks for. Mono in [-1, 1] at 22,050 Hz.
 */
export function withPauses(samples: Float32Array, text: string): Float32Array {
  const first = samples.findIndex(isAudible);
  if (first < 0) return samples;
  const start = Math.max(0, first - toSamples(leadMs));
  const silentAfter = samples.length - 1 - samples.findLastIndex(isAudible);
  const wanted = toSamples(/[.!?…]["'”’)\]]*$/u.test(text) ? sentencePauseMs : clausePauseMs);
  const paused = new Float32Array(samples.length - start + Math.max(0, wanted - silentAfter));
  paused.set(samples.subarray(start));
  return paused;
}

function isAudible(sample: number): boolean {
  return Math.abs(sample) > audible;
}

function toSamples(ms: number): number {
  return Math.round((ms * speakingRateHz) / 1000);
}

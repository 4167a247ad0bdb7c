import sherpa from 'sherpa-onnx-node';
import { wordsOf } from '#protocol/words-of.ts';
import { listeningRateHz, surelyHeard } from '../wire/messages.ts';
import type { Recogniser } from './recogniser.ts';

/**
 * A recording that is taken for these rates is 6 % slower and lower, or faster and higher. Words stay what they are; what a
 * recogniser makes of laughter or music is something else each time.
 */
const takenForHz = [15_000, 17_000];
/** Chance makes a word or two the same there, but not at 10 % as well. Of 80 laughs made by recipe none passed, of 160 phrases all. */
const fewWordsTakenForHz = [...takenForHz, 14_500, 17_600];
/** So many words, not counting those that are said again at once, are no longer few. */
const enoughWords = 3;

/** Whether words that are heard again at other paces prove that somebody speaks, whatever else the utterance holds. */
export function areProof(text: string, confidence: number): boolean {
  return confidence >= surelyHeard && onceEach(wordsOf(text)).length >= enoughWords;
}

/**
 * How far a recogniser stands by a text when it hears the same audio at other paces, from 0 to 1: the share of words that
 * are the same, in the worst case. Mono in [-1, 1] at 16 kHz.
 */
export async function confidenceIn(
  text: string,
  samples: Float32Array,
  recognise: (samples: Float32Array) => ReturnType<Recogniser['recognise']>,
): Promise<number> {
  let confidence = 1;
  const few = onceEach(wordsOf(text)).length < enoughWords;
  for (const rateHz of few ? fewWordsTakenForHz : takenForHz) {
    const resampler = new sherpa.LinearResampler(rateHz, listeningRateHz);
    confidence = Math.min(confidence, agreement(text, await recognise(resampler.flush(samples))));
    if (confidence === 0) break;
  }
  return confidence;
}

/** The share of words that two texts have in common, in the same order, from 0 to 1. A word said again at once counts once. */
export function agreement(one: string, other: string): number {
  const [a, b] = [onceEach(wordsOf(one)), onceEach(wordsOf(other))];
  const longer = Math.max(a.length, b.length);
  return longer === 0 ? 0 : inCommon(a, b) / longer;
}

function onceEach(words: readonly string[]): string[] {
  return words.filter((word, index) => word !== words[index - 1]);
}

/** The length of the longest common subsequence. */
function inCommon(a: readonly string[], b: readonly string[]): number {
  let row = b.map(() => 0);
  for (const word of a) {
    let best = 0;
    let before = 0;
    row = row.map((above, index) => {
      best = Math.max(best, above, word === b[index] ? before + 1 : 0);
      before = above;
      return best;
    });
  }
  return row.at(-1) ?? 0;
}

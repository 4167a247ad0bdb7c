import sherpa from 'sherpa-onnx-node';
import { wordsOf } from '#protocol/words-of.ts';
import { listeningRateHz, surelyHeard } from '../wire/messages.ts';
import type { Recogniser } from './recogniser.ts';

/**
 * A recording that is taken for these rates is 6 % slower and lower, or faster and higher. Words stay what they are; what a
 * recogniser makes of laughter or music is something else each time.
 */
const takenForHz = [15_000, 17_000];
/** Chance makes a word or two the same there, but not at 10 % as well. Of 230 laughs made by recipe one passed, of 160 phrases none failed. */
const fewWordsTakenForHz = [...takenForHz, 14_500, 17_600];
/** So many words, not counting those that are said again at once, are no longer few. */
const enoughWords = 3;

/** Whether words that are heard again at other paces prove that somebody speaks, whatever else the utterance holds. */
export function areProof(text: string, confidence: number): boolean {
  return confidence >= surelyHeard && !isShort(text);
}

/**
 * How far a recogniser stands by a text when it hears the same audio at other paces, from 0 to 1: the share that is the
 * same, in the worst case that it had to hear. It hears no more of them than doubt needs. Mono in [-1, 1] at 16 kHz.
 */
export async function confidenceIn(
  text: string,
  samples: Float32Array,
  recognise: (samples: Float32Array) => ReturnType<Recogniser['recognise']>,
): Promise<number> {
  let confidence = 1;
  for (const rateHz of isShort(text) ? fewWordsTakenForHz : takenForHz) {
    const resampler = new sherpa.LinearResampler(rateHz, listeningRateHz);
    confidence = Math.min(confidence, agreement(text, await recognise(resampler.flush(samples))));
    if (confidence < surelyHeard) break;
  }
  return confidence;
}

/**
 * The share of a text that another has as well, in the same order, from 0 to 1: of its words, or of its letters if the
 * words are few, since a recogniser that hears one of two wrongly hears its sounds all the same. A word said again at once
 * counts once.
 */
export function agreement(text: string, other: string): number {
  const [a, b] = [onceEach(wordsOf(text)), onceEach(wordsOf(other))];
  return isShort(text) ? shareInCommon(lettersOf(a), lettersOf(b)) : shareInCommon(a, b);
}

function isShort(text: string): boolean {
  return onceEach(wordsOf(text)).length < enoughWords;
}

function onceEach(words: readonly string[]): string[] {
  return words.filter((word, index) => word !== words[index - 1]);
}

function lettersOf(words: readonly string[]): string[] {
  return words.flatMap((word) => Array.from(word));
}

/** The length of the longest common subsequence, as a share of the longer of the two. */
function shareInCommon(a: readonly string[], b: readonly string[]): number {
  let row = b.map(() => 0);
  for (const item of a) {
    let best = 0;
    let before = 0;
    row = row.map((above, index) => {
      best = Math.max(best, above, item === b[index] ? before + 1 : 0);
      before = above;
      return best;
    });
  }
  return (row.at(-1) ?? 0) / Math.max(1, a.length, b.length);
}

import { humanRecordings } from '../../e2e/fixtures/human/recordings.ts';
import type { Speech } from '../../e2e/fixtures/speech.ts';
import { frameRateHz } from '../../vad/silero/frame.ts';
import { decodeFlac } from '../../vad/testing/recording.ts';
import { samplesOfWav } from '../barge-in/speech/utterances.ts';
import { atDetectorRate } from '../sounds/recorded-noise.ts';

/** One turn of a person, from its first audible sample to its last. */
export interface Turn {
  readonly words: string;
  /** Whether the person stops to think in the middle of it. */
  readonly kind: 'in one go' | 'with a pause for thought';
  /** Mono at 16 kHz, [-1, 1]. */
  readonly samples: Float32Array;
}

const inOneGo = [
  'What is seventeen times twenty-three?',
  'What time is it in Tokyo?',
  'How many ounces are in a pound?',
  'Flip a coin.',
  'What day is it tomorrow?',
  'Tell me a joke.',
  'Please set a timer for ten minutes.',
  'Tell me a story about a lighthouse.',
  'Stop.',
  'Thank you, that is all.',
];
/** Some of the first halves could be a whole turn, and most could not. */
const withPauses: readonly (readonly [first: string, pauseMs: number, rest: string])[] = [
  ['I would like to know', 500, 'what time it is in Tokyo.'],
  ['Set a timer for', 700, 'ten minutes, please.'],
  ['What is seventeen times', 600, 'twenty-three?'],
  ['Tell me a story about', 400, 'a lighthouse.'],
  ['How many ounces are', 500, 'in a pound?'],
  ['Remind me to call Anna', 450, 'tomorrow at noon.'],
  ['I want two things', 600, 'a joke and a story.'],
  ['What day is it', 350, 'tomorrow?'],
];
const readersPausesMs = [700, 900];
/** −48 dBFS: soft consonants count. */
const audible = 0.004;

/** Twenty-four turns, the same each time: fourteen in one go, ten with a pause; six are read by a person. */
export async function turnsOf(speech: Speech): Promise<readonly Turn[]> {
  const spoken = async (words: string): Promise<Float32Array> => {
    const { samples, rateHz } = samplesOfWav(await speech.clip(words));
    return audiblePart(atDetectorRate(samples, rateHz));
  };
  const read = await Promise.all(
    humanRecordings.map(async ({ words, audio }) => ({
      words,
      samples: audiblePart(await decodeFlac(audio)),
    })),
  );
  const turns: Turn[] = read.map((recording) => ({ ...recording, kind: 'in one go' }));
  for (const words of inOneGo) {
    turns.push({ words, kind: 'in one go', samples: await spoken(words) });
  }
  for (const [first, pauseMs, rest] of withPauses) {
    const samples = withPause(await spoken(first), pauseMs, await spoken(rest));
    turns.push({ words: `${first} … ${rest}`, kind: 'with a pause for thought', samples });
  }
  readersPausesMs.forEach((pauseMs, pair) => {
    const [first, rest] = read.slice(2 * pair);
    if (!first || !rest) return;
    const samples = withPause(first.samples, pauseMs, rest.samples);
    const words = `${first.words} … ${rest.words}`;
    turns.push({ words, kind: 'with a pause for thought', samples });
  });
  return turns;
}

function withPause(first: Float32Array, pauseMs: number, rest: Float32Array): Float32Array {
  const pause = (pauseMs * frameRateHz) / 1000;
  const whole = new Float32Array(first.length + pause + rest.length);
  whole.set(first);
  whole.set(rest, first.length + pause);
  return whole;
}

function audiblePart(samples: Float32Array): Float32Array {
  const isAudible = (sample: number): boolean => Math.abs(sample) >= audible;
  return samples.slice(samples.findIndex(isAudible), samples.findLastIndex(isAudible) + 1);
}

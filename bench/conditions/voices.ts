import { readFile } from 'node:fs/promises';
import { decodeFlac } from '../../vad/testing/recording.ts';
import { frameRateHz } from '../../vad/silero/frame.ts';
import { wordsIn } from '../quality/labels.ts';
import { resampled } from '../sounds/resampled.ts';

/** What somebody says in one breath: 16 kHz, with a little of the room before and after. */
export interface Phrase {
  readonly sound: Float32Array;
  /** Where the words begin and end in it, in samples. */
  readonly from: number;
  readonly to: number;
}

/** Somebody who says one phrase after another. */
export type Voice = () => Phrase;

const marginSamples = 0.06 * frameRateHz;
/** A phrase that is shorter says little and a longer one leaves no rests, in samples. */
const shortestSamples = 0.8 * frameRateHz;
const longestSamples = 3 * frameRateHz;

/** Two people, and each a second time higher or lower, as if somebody else. */
export async function voices(): Promise<
  Readonly<Record<'reader' | 'high' | 'parley' | 'low', Voice>>
> {
  const [reader, parley] = await Promise.all([recording('reader'), recording('parley')]);
  return {
    reader: inTurn(phrasesOf(reader, 1), 0),
    high: inTurn(phrasesOf(reader, 1.14), 5),
    parley: inTurn(phrasesOf(parley, 1), 0),
    low: inTurn(phrasesOf(parley, 0.88), 3),
  };
}

async function recording(name: string): Promise<Float32Array> {
  return decodeFlac(await readFile(new URL(`speech/${name}.flac`, import.meta.url)));
}

/** `pitch` times as high, and as fast. */
function phrasesOf(clean: Float32Array, pitch: number): readonly Phrase[] {
  const sound = pitch === 1 ? clean : resampled(clean, pitch * frameRateHz, frameRateHz);
  return wordsIn(sound)
    .filter(({ from, to }) => to - from >= shortestSamples && to - from <= longestSamples)
    .map(({ from, to }) => {
      const begin = Math.max(0, from - marginSamples);
      const piece = sound.slice(begin, to + marginSamples);
      return { sound: piece, from: from - begin, to: to - begin };
    });
}

function inTurn(phrases: readonly Phrase[], first: number): Voice {
  let next = first;
  return () => {
    const phrase = phrases[next % phrases.length];
    if (!phrase) throw new Error('Nothing is said in the recording.');
    next += 1;
    return phrase;
  };
}

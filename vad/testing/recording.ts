import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { joined } from '../wav/joined.ts';

/** People who read aloud; see the README beside them. 16 kHz, mono. */
const recordings = [
  'best-of-times.flac',
  'everything-before-us.flac',
  'noisiest-authorities.flac',
  'present-period.flac',
] as const;
const rateHz = 16_000;

/** All recordings of human speech, one after the other, with a second of faint noise before each. 16 kHz, [-1, 1]. */
export async function humanSpeech(): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for (const name of recordings) {
    parts.push(faintNoise(rateHz), await decode(name));
  }
  return joined(parts);
}

async function decode(name: string): Promise<Float32Array> {
  const path = fileURLToPath(new URL(`../../e2e/fixtures/human/${name}`, import.meta.url));
  return decodeFlac(await readFile(path));
}

/** A recording of one channel at 16 kHz, in [-1, 1]. */
export async function decodeFlac(flac: Buffer): Promise<Float32Array> {
  const decoder = new FLACDecoder();
  await decoder.ready;
  const { channelData, sampleRate } = await decoder.decodeFile(flac);
  decoder.free();
  const [mono] = channelData;
  if (!mono || sampleRate !== rateHz) throw new Error(`The recording has ${sampleRate} Hz.`);
  return mono;
}

/** The same noise each time: a linear congruential generator, -60 dBFS. */
export function faintNoise(samples: number): Float32Array {
  let state = 1;
  return new Float32Array(samples).map(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 31 - 1) / 1000;
  });
}

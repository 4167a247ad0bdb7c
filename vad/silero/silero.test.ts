import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import { extractParameters, modelModule } from '../packing/pack.ts';
import { humanSpeech } from '../testing/recording.ts';
import { pack, unpack, type SileroParameters } from './parameters.ts';
import { frameSamples } from './frame.ts';
import { Silero } from './silero.ts';

const contextSamples = 64;

let onnx: Buffer;
let parameters: SileroParameters;
/** What ONNX Runtime says of each frame. */
let reference: number[];
let signal: Float32Array;
const frameAt = (index: number): Float32Array =>
  signal.subarray(index * frameSamples, (index + 1) * frameSamples);

beforeAll(async () => {
  onnx = await readFile(createRequire(import.meta.url).resolve(modelModule));
  parameters = extractParameters(onnx);
  const speech = await humanSpeech();
  signal = concatenate([1, 0.1, 0.01, 2].map((gain) => speech.map((sample) => sample * gain)));
  reference = await runOnnx();
}, 120_000);

function concatenate(parts: readonly Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

async function runOnnx(): Promise<number[]> {
  const session = await ort.InferenceSession.create(onnx);
  const sr = new ort.Tensor('int64', BigInt64Array.from([16_000n]), []);
  let state = new ort.Tensor('float32', new Float32Array(256), [2, 1, 128]);
  const answers: number[] = [];
  const input = new Float32Array(contextSamples + frameSamples);
  const frames = Math.floor(signal.length / frameSamples);
  for (let index = 0; index < frames; index += 1) {
    input.copyWithin(0, frameSamples);
    input.set(frameAt(index), contextSamples);
    const tensor = new ort.Tensor('float32', input.slice(), [1, input.length]);
    const { output, stateN } = await session.run({ input: tensor, state, sr });
    if (!(output && stateN)) throw new Error('The model answered something else.');
    answers.push(Number(output.data[0]));
    state = stateN as typeof state;
  }
  return answers;
}

function furthest(silero: Silero): number {
  return Math.max(
    ...reference.map((probability, index) =>
      Math.abs(probability - silero.probability(frameAt(index))),
    ),
  );
}

describe('the detector', () => {
  it('is given something to tell apart', () => {
    expect(reference.length).toBeGreaterThan(2000);
    expect(reference.some((probability) => probability > 0.9)).toBe(true);
    expect(reference.some((probability) => probability < 0.1)).toBe(true);
  });

  it('says what the ONNX model says', () => {
    expect(furthest(new Silero(parameters))).toBeLessThan(1e-5);
  });

  it('says nearly the same with weights of half the size', () => {
    const packed = pack(parameters);
    expect(packed.length).toBeLessThan(500_000);
    expect(furthest(new Silero(unpack(packed.buffer)))).toBeLessThan(0.01);
  });

  it('begins anew after a reset', () => {
    const silero = new Silero(parameters);
    const first = silero.probability(frameAt(40));
    silero.probability(frameAt(41));
    silero.reset();
    expect(silero.probability(frameAt(40))).toBe(first);
  });

  it('refuses a frame of another length', () => {
    const silero = new Silero(parameters);
    expect(() => silero.probability(new Float32Array(480))).toThrow('512 samples');
  });

  it('refuses weights that are cut short', () => {
    expect(() => unpack(pack(parameters).buffer.slice(0, 1000))).toThrow('1000 bytes');
  });
});

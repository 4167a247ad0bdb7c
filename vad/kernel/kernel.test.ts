import { beforeAll, describe, expect, it } from 'vitest';
import { compiledKernel } from '../packing/compile-kernel.ts';
import { packedWeights } from '../packing/vite-plugin.ts';
import { frameSamples } from '../silero/frame.ts';
import { unpack, type SileroParameters } from '../silero/parameters.ts';
import { Silero } from '../silero/silero.ts';
import { faintNoise, humanSpeech } from '../testing/recording.ts';
import { SileroKernel } from './kernel.ts';

let parameters: SileroParameters;
let kernel: SileroKernel;
let speech: Float32Array;

beforeAll(async () => {
  parameters = unpack((await packedWeights()).buffer);
  kernel = await SileroKernel.load(await compiledKernel(), parameters);
  speech = await humanSpeech();
}, 60_000);

function framesOf(signal: Float32Array): Float32Array[] {
  return Array.from({ length: Math.floor(signal.length / frameSamples) }, (_, i) =>
    signal.subarray(i * frameSamples, (i + 1) * frameSamples),
  );
}

describe('the kernel', () => {
  it.each([1, 2, 0.1, 0.01, 0])('says what the plain pass says, at %f of the level', (gain) => {
    const frames = framesOf(speech.map((sample) => sample * gain));
    expect(frames.length).toBeGreaterThan(500);
    const stream = kernel.open();
    const plain = new Silero(parameters);
    const furthest = Math.max(
      ...frames.map((frame) => Math.abs(stream.probability(frame) - plain.probability(frame))),
    );
    expect(furthest).toBeLessThan(1e-5);
    stream.close();
  });

  it('says the same of noise and of clipped sound', () => {
    const noise = faintNoise(1000 * frameSamples);
    const stream = kernel.open();
    const plain = new Silero(parameters);
    for (const [i, frame] of framesOf(noise).entries()) {
      const loud = frame.map((sample) => Math.max(-1, Math.min(1, sample * 1000 * (i % 7))));
      expect(Math.abs(stream.probability(loud) - plain.probability(loud))).toBeLessThan(1e-5);
    }
    stream.close();
  });

  it('keeps its streams apart, however many there are', () => {
    const frames = framesOf(speech).slice(0, 40);
    const alone = kernel.open();
    const wanted = frames.map((frame) => alone.probability(frame));
    alone.close();
    const streams = Array.from({ length: 300 }, () => kernel.open());
    const heard = streams.map(() => [] as number[]);
    frames.forEach((frame, at) => {
      streams.forEach((stream, i) => {
        // Every other stream hears noise between the frames of its neighbours.
        heard[i]!.push(stream.probability(i % 2 === 0 ? frame : frame.map((s) => s * at)));
      });
    });
    for (const [i, row] of heard.entries()) if (i % 2 === 0) expect(row).toEqual(wanted);
    streams.forEach((stream) => stream.close());
  });

  it('begins anew after a reset, and in a place that another stream has left', () => {
    const [first, second] = framesOf(speech).slice(40, 42) as [Float32Array, Float32Array];
    const stream = kernel.open();
    const answer = stream.probability(first);
    stream.probability(second);
    stream.reset();
    expect(stream.probability(first)).toBe(answer);
    stream.close();
    const next = kernel.open();
    expect(next.probability(first)).toBe(answer);
    next.close();
  });

  it('refuses a frame of another length, and a stream that is closed', () => {
    const stream = kernel.open();
    expect(() => stream.probability(new Float32Array(480))).toThrow('512 samples');
    stream.close();
    expect(() => stream.probability(new Float32Array(frameSamples))).toThrow('closed');
  });
});

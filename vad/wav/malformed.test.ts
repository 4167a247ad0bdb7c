import { expect, it } from 'vitest';
import { malformedFiles } from '../testing/malformed.ts';
import { wavOf } from '../testing/wav.ts';
import { WavProblem } from './problem.ts';
import { WavReader } from './reader.ts';

function read(bytes: Uint8Array, pieceBytes: number): number {
  const reader = new WavReader();
  let samples = 0;
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    samples += reader.feed(bytes.subarray(at, at + pieceBytes)).length;
  }
  reader.finish();
  return samples;
}

function problemOf(bytes: Uint8Array, pieceBytes: number): WavProblem | undefined {
  try {
    read(bytes, pieceBytes);
    return undefined;
  } catch (error) {
    if (error instanceof WavProblem) return error;
    throw error;
  }
}

const files = malformedFiles();

it('is tried on hundreds of files', () => {
  expect(files.length).toBeGreaterThanOrEqual(300);
});

it('refuses each of them at once, with a kind and a sentence, however it comes', () => {
  for (const { what, bytes } of files) {
    const startedMs = performance.now();
    const problem = problemOf(bytes, 4096);
    expect(performance.now() - startedMs, what).toBeLessThan(2000);
    expect(problem, what).toBeInstanceOf(WavProblem);
    expect(problem?.message, what).toMatch(/^[A-Z].*\.$/);
    expect(problemOf(bytes, 3)?.kind, what).toBe(problem?.kind);
  }
});

it('ends with samples or with a problem, whichever bytes of a file are changed', () => {
  let state = 5;
  const random = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const tone = Float32Array.from({ length: 300 }, (_, i) => 0.3 * Math.sin(i / 5));
  const wholes = (['riff', 'extensible', 'rf64', 'w64'] as const).map((container) =>
    wavOf(tone, { rateHz: 16_000, channels: 2, container, extraBytes: 9 }),
  );
  let refused = 0;
  for (let round = 0; round < 4000; round += 1) {
    const bytes = (wholes[round % wholes.length] ?? new Uint8Array()).slice();
    const changes = 1 + random(6);
    for (let i = 0; i < changes; i += 1) bytes[random(140)] = random(256);
    if (problemOf(bytes, 1 + random(500))) refused += 1;
  }
  expect(refused).toBeGreaterThan(1000);
  expect(refused).toBeLessThan(4000);
});

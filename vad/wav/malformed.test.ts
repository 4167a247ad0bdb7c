import fc from 'fast-check';
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

it('ends with samples or with a problem, the same in pieces of any size, whichever bytes are changed', () => {
  const tone = Float32Array.from({ length: 300 }, (_, i) => 0.3 * Math.sin(i / 5));
  const wholes = (['riff', 'extensible', 'rf64', 'w64'] as const).map((container) =>
    wavOf(tone, { rateHz: 16_000, channels: 2, container, extraBytes: 9 }),
  );
  const change = fc.record({ at: fc.nat(150), value: fc.nat(255) });
  const file = fc
    .record({
      whole: fc.constantFrom(...wholes),
      changes: fc.array(change, { maxLength: 6 }),
      cut: fc.oneof(fc.constant(Infinity), fc.nat(400)),
    })
    .map(({ whole, changes, cut }) => {
      const bytes = whole.slice(0, Math.min(cut, whole.length));
      for (const { at, value } of changes) if (at < bytes.length) bytes[at] = value;
      return bytes;
    });
  let refused = 0;
  fc.assert(
    fc.property(file, fc.integer({ min: 1, max: 500 }), (bytes, pieceBytes) => {
      const problem = problemOf(bytes, pieceBytes);
      expect(problemOf(bytes, bytes.length || 1)?.kind).toBe(problem?.kind);
      if (problem) refused += 1;
      else expect(read(bytes, pieceBytes)).toBeGreaterThan(0);
    }),
    { numRuns: 10_000 },
  );
  expect(refused).toBeGreaterThan(1000);
  expect(refused).toBeLessThan(9000);
}, 30_000);

it('ends with samples or with a problem, whatever the bytes', () => {
  const beginning = fc.constantFrom('', 'RIFF0000WAVE', 'RIFF0000WAVEfmt ', 'RF640000WAVEds64');
  fc.assert(
    fc.property(beginning, fc.uint8Array({ maxLength: 600 }), (text, rest) => {
      problemOf(Uint8Array.from([...new TextEncoder().encode(text), ...rest]), 97);
    }),
    { numRuns: 10_000 },
  );
}, 30_000);

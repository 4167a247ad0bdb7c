import { describe, expect, it } from 'vitest';
import { withPauses } from './pauses.ts';

const ms = 22.05;

function piece(leadMs: number, soundMs: number, tailMs: number): Float32Array {
  const samples = new Float32Array(Math.round((leadMs + soundMs + tailMs) * ms));
  return samples.fill(0.5, Math.round(leadMs * ms), Math.round((leadMs + soundMs) * ms));
}

function lengths(samples: Float32Array) {
  const loud = (x: number) => Math.abs(x) > 0;
  const first = samples.findIndex(loud);
  const last = samples.findLastIndex(loud);
  return {
    leadMs: Math.round(first / ms),
    soundMs: Math.round((last + 1 - first) / ms),
    tailMs: Math.round((samples.length - 1 - last) / ms),
  };
}

describe('the pauses around a piece', () => {
  it('begin without delay and end as a sentence does', () => {
    const spoken = withPauses(piece(60, 500, 50), 'It is noon.');
    expect(lengths(spoken)).toEqual({ leadMs: 10, soundMs: 500, tailMs: 220 });
  });

  it('are shorter after a part of a sentence', () => {
    const spoken = withPauses(piece(5, 500, 50), 'In that case,');
    expect(lengths(spoken)).toEqual({ leadMs: 5, soundMs: 500, tailMs: 100 });
  });

  it('stay as they are where they are long enough, or there is no sound', () => {
    expect(lengths(withPauses(piece(10, 500, 400), 'Yes.')).tailMs).toBe(400);
    const silence = new Float32Array(1000);
    expect(withPauses(silence, 'Hm.')).toEqual(silence);
  });
});

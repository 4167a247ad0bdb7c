import { describe, expect, it } from 'vitest';
import { bandsOf, levelOf } from './level.ts';

function tone(amplitude: number): Float32Array {
  return Float32Array.from({ length: 1024 }, (_, i) => amplitude * Math.sin(i / 5));
}

describe('a level', () => {
  it('is 0 in silence and 1 at full scale', () => {
    expect(levelOf(new Float32Array(1024))).toBe(0);
    expect(levelOf(tone(1))).toBe(1);
  });

  it('grows in even steps with every doubling', () => {
    const [quiet, middle, loud] = [0.02, 0.04, 0.08].map((amplitude) => levelOf(tone(amplitude)));
    expect((middle ?? 0) - (quiet ?? 0)).toBeCloseTo((loud ?? 0) - (middle ?? 0), 3);
  });

  it('of nothing at all is 0', () => {
    expect(levelOf(new Float32Array(0))).toBe(0);
  });
});

describe('bands', () => {
  const silence = () => new Float32Array(512).fill(-Infinity);

  it('are all 0 in silence', () => {
    expect([...bandsOf(silence(), 48_000, 5)]).toEqual([0, 0, 0, 0, 0]);
  });

  it('show a low sound on the left and a high one on the right', () => {
    const low = silence();
    low[3] = -20; // about 140 Hz
    const high = silence();
    high[150] = -20; // about 7 kHz
    const loudest = (bands: Float32Array) => bands.indexOf(Math.max(...bands));
    expect(loudest(bandsOf(low, 48_000, 5))).toBe(0);
    expect(loudest(bandsOf(high, 48_000, 5))).toBe(4);
  });

  it('come in the number that was asked for', () => {
    expect(bandsOf(silence(), 44_100, 32)).toHaveLength(32);
  });
});

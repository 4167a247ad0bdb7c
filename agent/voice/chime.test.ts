import { describe, expect, it } from 'vitest';
import { chime } from './chime.ts';

describe('chime', () => {
  it('can be heard, and does not clip', () => {
    const samples = chime(22050);
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(peak / 32767).toBeCloseTo(0.35, 2);
  });

  it('begins and ends in silence, so that it does not click', () => {
    const samples = chime(48000);
    expect(Math.abs(samples[0] ?? 1)).toBe(0);
    expect(Math.abs(samples.at(-1) ?? 32767)).toBeLessThan(400);
  });

  it('lasts two seconds at any rate', () => {
    expect(chime(16000)).toHaveLength(32000);
  });
});

import { describe, expect, it } from 'vitest';
import { encodeWav } from '../e2e/fixtures/wav.ts';
import { silentTailMs } from './silent-tail.ts';

describe('silent tail', () => {
  it('is what follows the last loud sample', () => {
    const pcm = new Int16Array(16_000);
    pcm[7_999] = 10_000;
    expect(silentTailMs(encodeWav(pcm, 16_000))).toBe(500);
  });

  it('is nothing when the sound goes on to the end', () => {
    expect(silentTailMs(encodeWav(new Int16Array(100).fill(5000), 8000))).toBe(0);
  });
});

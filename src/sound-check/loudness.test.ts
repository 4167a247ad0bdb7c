import { describe, expect, it } from 'vitest';
import { humanSpeech } from '../../vad/testing/recording.ts';
import { loudnessOf } from './loudness.ts';

const rateHz = 16_000;
const seconds = 4;

async function voice(gain: number): Promise<Float32Array> {
  const speech = (await humanSpeech()).subarray(0, seconds * rateHz);
  return speech.map((sample) => Math.max(-1, Math.min(1, sample * gain)));
}

describe('how a recording of a voice came out', () => {
  it('is good for somebody who reads aloud, and faint from the other end of the room', async () => {
    expect(loudnessOf(await voice(1), rateHz)).toBe('good');
    expect(loudnessOf(await voice(0.1), rateHz)).toBe('faint');
  });

  it('is silent where nobody is heard, and overdriven where the voice meets the end of the scale', async () => {
    expect(loudnessOf(await voice(0), rateHz)).toBe('silent');
    expect(loudnessOf(await voice(0.001), rateHz)).toBe('silent');
    expect(loudnessOf(await voice(40), rateHz)).toBe('overdriven');
  });

  it('is silent for a recording that is too short to hold a syllable', () => {
    expect(loudnessOf(new Float32Array(10).fill(0.5), rateHz)).toBe('silent');
  });
});

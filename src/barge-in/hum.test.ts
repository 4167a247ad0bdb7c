import { describe, expect, it } from 'vitest';
import { humanSpeech } from '../../vad/testing/recording.ts';
import { soundsHummed } from './hum.ts';

const frame = (at: number): Float32Array =>
  Float32Array.from({ length: 512 }, (_, i) => {
    const s = (at * 512 + i) / 16_000;
    // A voice at 140 Hz through closed lips: what is above its third overtone hardly comes out.
    return [1, 0.5, 0.2, 0.02].reduce(
      (sum, level, overtone) =>
        sum + 0.1 * level * Math.sin(2 * Math.PI * 140 * (overtone + 1) * s),
      0,
    );
  });

describe('a hum', () => {
  it('is a voice with closed lips', () => {
    expect(soundsHummed(frame(3))).toBe(true);
    expect(soundsHummed(new Float32Array(512))).toBe(false);
  });

  it('is hardly any of what a person says in words', async () => {
    const speech = await humanSpeech();
    const frames = Array.from({ length: Math.floor(speech.length / 512) }, (_, at) =>
      speech.subarray(at * 512, (at + 1) * 512),
    ).filter((samples) => samples.some((sample) => Math.abs(sample) > 0.05));
    expect(frames.filter(soundsHummed).length / frames.length).toBeLessThan(0.15);
  });
});

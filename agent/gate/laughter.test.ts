import { AudioFrame } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { humanSpeech } from '../../vad/testing/recording.ts';
import { LaughterEar } from './laughter.ts';
import { laugh } from './test-laugh.ts';

const rateHz = 16_000;

function listen(samples: Float32Array, rate = rateHz): LaughterEar {
  const ear = new LaughterEar();
  const length = rate / 20;
  for (let at = 0; at + length <= samples.length; at += length) {
    const data = Int16Array.from(samples.subarray(at, at + length), (s) => Math.round(s * 0x7fff));
    ear.hear(new AudioFrame(data, rate, 1, length));
  }
  return ear;
}

describe('laughter', () => {
  it.each([
    [3, 16_000],
    [5, 48_000],
    [7, 24_000],
  ])('is heard in %i calls at %i Hz', (calls, rate) => {
    expect(listen(laugh(calls, rate), rate).isHeard).toBe(true);
  });

  it('is not a single call, nor silence', () => {
    expect(listen(laugh(1)).isHeard).toBe(false);
    expect(listen(new Float32Array(rateHz)).isHeard).toBe(false);
  });

  it('is hardly ever heard in what somebody reads, wherever one asks', async () => {
    const speech = await humanSpeech();
    const asked: boolean[] = [];
    for (let to = rateHz; to <= speech.length; to += 0.1 * rateHz) {
      asked.push(listen(speech.subarray(Math.max(0, to - 1.5 * rateHz), to)).isHeard);
    }
    expect(asked.filter(Boolean).length / asked.length).toBeLessThan(0.03);
  });
});

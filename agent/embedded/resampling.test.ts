import { AudioFrame } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { MonoResampler } from './resampling.ts';

function tone(rateHz: number, channels: number, durationMs: number): AudioFrame {
  const length = (rateHz * durationMs) / 1000;
  const data = new Int16Array(length * channels);
  for (let i = 0; i < length; i++) {
    const sample = Math.round(8000 * Math.sin((2 * Math.PI * 440 * i) / rateHz));
    for (let channel = 0; channel < channels; channel++) data[i * channels + channel] = sample;
  }
  return new AudioFrame(data, rateHz, channels, length);
}

/** By its zero crossings. */
function pitchHz(samples: Int16Array, rateHz: number): number {
  let crossings = 0;
  samples.forEach((sample, i) => {
    if (i > 0 && (samples[i - 1] ?? 0) < 0 && sample >= 0) crossings += 1;
  });
  return crossings / (samples.length / rateHz);
}

function resample(...input: AudioFrame[]): Int16Array {
  const resampler = new MonoResampler(16_000);
  const parts = [...input.flatMap((frame) => resampler.push(frame)), ...resampler.flush()];
  resampler.close();
  return Int16Array.from(parts.flatMap((part) => Array.from(part)));
}

describe('resampling', () => {
  it.each([
    [48_000, 1],
    [48_000, 2],
    [24_000, 1],
    [22_050, 1],
    [16_000, 1],
    [8000, 2],
  ])('keeps the pitch and the length of %i Hz with %i channels', (rateHz, channels) => {
    const output = resample(...Array.from({ length: 10 }, () => tone(rateHz, channels, 100)));
    expect(output.length).toBeGreaterThan(15_900);
    expect(output.length).toBeLessThan(16_100);
    expect(pitchHz(output, 16_000)).toBeGreaterThan(430);
    expect(pitchHz(output, 16_000)).toBeLessThan(450);
  });

  it('goes on when the rate changes on the way', () => {
    const output = resample(tone(48_000, 1, 500), tone(24_000, 2, 500));
    expect(output.length).toBeGreaterThan(15_000);
    expect(pitchHz(output, 16_000)).toBeGreaterThan(420);
  });

  it('reads only the part of a buffer that the frame shows', () => {
    const whole = tone(48_000, 1, 300);
    const view = whole.data.subarray(4800, 9600);
    const output = resample(new AudioFrame(view, 48_000, 1, view.length));
    expect(output.length).toBeGreaterThan(1500);
    expect(output.length).toBeLessThan(1700);
  });
});

import { describe, expect, it } from 'vitest';
import { Resampler } from './resampler.ts';

const toHz = 16_000;

function tone(hz: number, rateHz: number, lengthS = 0.5): Float32Array {
  return Float32Array.from({ length: Math.round(rateHz * lengthS) }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / rateHz),
  );
}

function resample(signal: Float32Array, fromHz: number, blockLength: number): number[] {
  const resampler = new Resampler(fromHz, toHz);
  const out: number[] = [];
  for (let at = 0; at < signal.length; at += blockLength) {
    resampler.feed(signal.subarray(at, at + blockLength), (sample) => out.push(sample));
  }
  return out;
}

function decibels(signal: readonly number[]): number {
  const steady = signal.slice(1000, -100);
  const power = steady.reduce((sum, sample) => sum + sample * sample, 0) / steady.length;
  return 10 * Math.log10(2 * power);
}

describe.each([8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000])(
  'from %i Hz',
  (fromHz) => {
    it('gives as many samples as the time asks for', () => {
      const samples = resample(tone(440, fromHz), fromHz, 128).length;
      expect(Math.abs(samples - toHz / 2)).toBeLessThan(40);
    });

    it('leaves speech as loud as it was', () => {
      for (const hz of [100, 1000, 3000]) {
        expect(Math.abs(decibels(resample(tone(hz, fromHz), fromHz, 128)))).toBeLessThan(0.1);
      }
    });

    it('is the same in one piece and in many', () => {
      const signal = tone(440, fromHz);
      expect(resample(signal, fromHz, 128)).toEqual(resample(signal, fromHz, signal.length));
    });
  },
);

describe.each([44_100, 48_000, 96_000])('from %i Hz', (fromHz) => {
  it('keeps out what the lower rate cannot hold', () => {
    for (const hz of [9600, 12_000, 15_000]) {
      expect(decibels(resample(tone(hz, fromHz), fromHz, 128))).toBeLessThan(-60);
    }
  });

  it('hardly dims the upper end of speech', () => {
    expect(decibels(resample(tone(6500, fromHz), fromHz, 128))).toBeGreaterThan(-1);
  });
});

it('refuses a rate that is none', () => {
  expect(() => new Resampler(0, 16_000)).toThrow('0 Hz');
  expect(() => new Resampler(44_100.5, 16_000)).toThrow(RangeError);
});

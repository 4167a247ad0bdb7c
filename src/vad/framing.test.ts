import { describe, expect, it } from 'vitest';
import { Framing } from './framing.ts';

/** A second of a tone at 500 Hz, cut into frames from another rate. */
function framesFrom(rateHz: number): Float32Array[] {
  const frames: Float32Array[] = [];
  const framing = new Framing(rateHz, (samples) => frames.push(samples));
  const piece = Math.round(rateHz / 100);
  for (let at = 0; at < rateHz; at += piece) {
    const tone = Float32Array.from({ length: piece }, (_, i) =>
      Math.sin((2 * Math.PI * 500 * (at + i)) / rateHz),
    );
    framing.feed(tone);
  }
  return frames;
}

describe('frames of a microphone', () => {
  it.each([16_000, 44_100, 48_000])('are of one length and one rate, from %i Hz', (rateHz) => {
    const frames = framesFrom(rateHz);
    expect(frames.length).toBeGreaterThanOrEqual(30);
    const crossings = frames.map(
      (frame) =>
        frame.filter((sample, i) => i > 0 && sample >= 0 !== (frame[i - 1] ?? 0) >= 0).length,
    );
    expect(new Set(frames.map(({ length }) => length))).toEqual(new Set([512]));
    for (const count of crossings.slice(1)) expect(Math.abs(count - 32)).toBeLessThanOrEqual(1);
  });
});

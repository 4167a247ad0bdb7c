import { AudioFrame } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { audioFormats } from './formats.ts';
import { InputAudio } from './input.ts';
import { OutputAudio, outputRateHz } from './output.ts';

const toneHz = 440;
const level = 8_000;

/** A second of a tone in frames of 10 ms. */
function tone(rateHz: number, channels: number): AudioFrame[] {
  const length = rateHz / 100;
  return Array.from({ length: 100 }, (_, frame) => {
    const data = Int16Array.from({ length: length * channels }, (_, index) => {
      const at = frame * length + Math.floor(index / channels);
      return Math.round(level * Math.sin((2 * Math.PI * toneHz * at) / rateHz));
    });
    return new AudioFrame(data, rateHz, channels, length);
  });
}

/** How strongly this frequency is in the samples, as the level of a sine. */
function levelAt(hz: number, samples: Int16Array): number {
  let [real, imaginary] = [0, 0];
  samples.forEach((sample, index) => {
    const angle = (2 * Math.PI * hz * index) / outputRateHz;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  });
  return (2 * Math.hypot(real, imaginary)) / samples.length;
}

describe.each(audioFormats)('%s', (format) => {
  it.each([
    [24_000, 1],
    [48_000, 2],
  ])('brings a tone of %i Hz and %i channels there and back', (rateHz, channels) => {
    const input = new InputAudio(format);
    const output = new OutputAudio(format);
    const sent = [...tone(rateHz, channels).map((frame) => input.push(frame)), input.flush()];
    const pieces = sent.flatMap((audio) => audio ?? []);
    // Pieces that end in the middle of a sample, as a service may cut them.
    const bytes = Buffer.concat(pieces.map(({ base64 }) => Buffer.from(base64, 'base64')));
    const frames = [bytes.subarray(0, 1001), bytes.subarray(1001)].flatMap((part) =>
      output.push(part.toString('base64')),
    );
    frames.push(...output.end());
    input.close();

    const samples = Int16Array.from(frames.flatMap(({ data }) => [...data]));
    expect(frames.every(({ sampleRate }) => sampleRate === outputRateHz)).toBe(true);
    expect(samples.length / outputRateHz).toBeGreaterThan(0.95);
    expect(output.receivedMs).toBeCloseTo(
      pieces.reduce((sum, { durationMs }) => sum + durationMs, 0),
      0,
    );
    const middle = samples.subarray(2_400, 21_600);
    expect(levelAt(toneHz, middle)).toBeGreaterThan(level * 0.97);
    expect(levelAt(toneHz, middle)).toBeLessThan(level * 1.03);
    expect(levelAt(3 * toneHz, middle)).toBeLessThan(level * 0.02);
  });
});

it('sends small frames together and large ones at once', () => {
  const input = new InputAudio('pcm16');
  const [first, second] = tone(24_000, 1);
  if (!first || !second) throw new Error('No frames.');
  expect(input.push(first)).toBeUndefined();
  expect(input.push(second)?.durationMs).toBe(20);
  expect(input.push(new AudioFrame(new Int16Array(1_200), 24_000, 1, 1_200))?.durationMs).toBe(50);
  expect(input.flush()).toBeUndefined();
});

import { expect, it } from 'vitest';
import { frameSamples } from '../../vad/silero/frame.ts';
import { frameLabels, speechIn, wordsIn } from './labels.ts';

const rateHz = 16_000;

/** Sound in these parts, in ms, and nearly none between. */
function recording(
  lengthMs: number,
  ...parts: readonly (readonly [number, number])[]
): Float32Array {
  return Float32Array.from({ length: lengthMs * 16 }, (_, i) => {
    const sounds = parts.some(([from, to]) => i >= from * 16 && i < to * 16);
    return (sounds ? 0.3 : 0.0005) * Math.sin((2 * Math.PI * 200 * i) / rateHz);
  });
}

it('finds words up to the next pause, and drops a click', () => {
  const sound = recording(3000, [500, 800], [880, 1200], [1500, 1700], [2000, 2030], [2400, 2800]);
  const stretches = speechIn(sound);
  expect(stretches).toEqual([
    { from: 8000, to: 19_200 },
    { from: 24_000, to: 27_200 },
    { from: 38_400, to: 44_800 },
  ]);
});

it('takes a rumble and a knock for no words', () => {
  const words = recording(3000, [500, 1200], [2300, 2400]);
  const rumbling = words.map((sample, i) =>
    i >= 1500 * 16 && i < 2000 * 16 ? 0.1 * Math.sin((2 * Math.PI * 30 * i) / rateHz) : sample,
  );
  expect(speechIn(rumbling)).toHaveLength(3);
  const [only, ...more] = wordsIn(rumbling);
  expect(more).toEqual([]);
  expect(Math.abs((only?.from ?? 0) - 8000)).toBeLessThanOrEqual(320);
  expect(Math.abs((only?.to ?? 0) - 19_200)).toBeLessThanOrEqual(320);
});

it('gives a frame to whatever fills most of it', () => {
  const labels = frameLabels([{ from: 200, to: 3 * frameSamples + 300 }], 5 * frameSamples);
  expect(labels).toEqual([true, true, true, true, false]);
  expect(frameLabels([{ from: 300, to: 1000 }], 2 * frameSamples)).toEqual([false, true]);
});

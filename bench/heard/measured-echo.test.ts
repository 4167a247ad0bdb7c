import { expect, it } from 'vitest';
import { roomRateHz } from '../barge-in/sound/sound-room.ts';
import { seeded } from '../sounds/seeded.ts';
import { measuredEcho } from './measured-echo.ts';

const late = 0.09 * roomRateHz;

it('tells how late and how loud the speaker comes back, and nothing where it does not', () => {
  const random = seeded(5);
  // Each sample is held for half a millisecond, as speech has little above 2 kHz.
  const steps = Array.from({ length: 6000 }, () => Math.round(20_000 * (random() - 0.5)));
  const speaker = Int16Array.from({ length: 3 * roomRateHz }, (_, i) => steps[(i / 24) | 0] ?? 0);
  const microphone = speaker.map((_, i) => Math.round((speaker[i - late] ?? 0) / 4));
  expect(measuredEcho({ microphone, speaker })).toEqual({ delayMs: 90, gainDb: -12 });

  const other = microphone.map(() => Math.round(2000 * (random() - 0.5)));
  expect(measuredEcho({ microphone: other, speaker })).toBeUndefined();
});

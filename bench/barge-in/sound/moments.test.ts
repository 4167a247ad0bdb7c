import { describe, expect, it } from 'vitest';
import { silentSince, placeOf, soundedMs } from './moments.ts';

const perMs = 48;

/** The same noise each time, [-1, 1]. */
function noise(samples: number, seed = 1): Float32Array {
  let state = seed;
  return new Float32Array(samples).map(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

const tone = (ms: number): number[] =>
  Array.from({ length: ms * perMs }, (_, i) => Math.round(8000 * Math.sin(i / 20)));
const silence = (ms: number): number[] => Array<number>(ms * perMs).fill(0);

describe('moments of a recording', () => {
  it('finds a clip under noise that is as loud', () => {
    const clip = noise(600 * perMs, 7).map((_, i, all) => (all[i - (i % 24)] ?? 0) * 0.3);
    const place = 730 * perMs;
    const recording = Int16Array.from(noise(3000 * perMs, 2), (sample) => sample * 8000);
    clip.forEach(
      (sample, i) => (recording[place + i] = (recording[place + i] ?? 0) + sample * 20_000),
    );
    const found = placeOf(clip, recording, { from: 300 * perMs, to: 1500 * perMs });
    expect(Math.abs(found - place)).toBeLessThanOrEqual(6);
  });

  it('does not find what was never said', () => {
    const recording = Int16Array.from(noise(2000 * perMs, 2), (sample) => sample * 8000);
    expect(() => placeOf(noise(600 * perMs, 9), recording, { from: 0, to: 48_000 })).toThrow(
      'not in the recording',
    );
  });

  it('passes over a pause to the silence that lasts', () => {
    const sound = Int16Array.from([...tone(200), ...silence(300), ...tone(100), ...silence(900)]);
    const heard = (fromMs: number, untilMs: number): number | undefined =>
      silentSince(sound, { from: fromMs * perMs, until: untilMs * perMs, quietest: 60 });
    expect(heard(0, 1500)).toBe(600 * perMs);
    expect(heard(0, 590)).toBeUndefined();
    expect(heard(700, 1500)).toBe(700 * perMs);
    expect(soundedMs(sound, 60)).toBe(300);
  });
});

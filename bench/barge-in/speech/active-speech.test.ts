import { describe, expect, it } from 'vitest';
import { roomRateHz } from '../sound/sound-room.ts';
import { softBeginningMs } from './active-speech.ts';

/** A square wave has its amplitude for RMS. */
function tone(ms: number, amplitude: number): number[] {
  return Array.from({ length: (ms * roomRateHz) / 1000 }, (_, i) => (i % 2 ? 1 : -1) * amplitude);
}

describe('the soft beginning of speech', () => {
  it('lasts from what can be heard to what is near its level', () => {
    const sound = Float32Array.from([...tone(50, 0.001), ...tone(70, 0.01), ...tone(300, 0.1)]);
    expect(softBeginningMs(sound, -20, 0.003)).toBeCloseTo(70, 6);
  });

  it('is none where speech is loud at once', () => {
    expect(softBeginningMs(Float32Array.from(tone(300, 0.1)), -20, 0.003)).toBe(0);
  });

  it('is refused where nobody speaks', () => {
    expect(() => softBeginningMs(Float32Array.from(tone(300, 0.001)), -20, 0.003)).toThrow(
      'no speech',
    );
  });
});

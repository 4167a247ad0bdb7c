import { describe, expect, it } from 'vitest';
import { opusPacketS } from './opus-packet.ts';
import { momentOf, placed, soundMsOf } from './sound-times.ts';

const stretches = placed([
  { startedAtMs: 100_000, lengthMs: 5000 },
  { startedAtMs: 900_000, lengthMs: 3000 },
]);

describe('the time of a sound', () => {
  it('leads from what was said to where it is heard, and back', () => {
    for (const [momentMs, soundMs] of [
      [100_000, 0],
      [104_000, 4000],
      [900_000, 5000],
      [902_500, 7500],
    ] as const) {
      expect(soundMsOf(stretches, momentMs)).toBe(soundMs);
      expect(momentOf(stretches, soundMs)).toBe(momentMs);
    }
  });

  it('has nothing of what lies between, but for what is cut short by the beginning', () => {
    expect(soundMsOf(stretches, 500_000)).toBeUndefined();
    expect(soundMsOf(stretches, 903_000)).toBeUndefined();
    expect(soundMsOf(stretches, 899_000)).toBe(5000);
  });

  it('is counted by the packets themselves', () => {
    const lengths = [[0xfc], [0xfd, 0], [0xff, 3], [0x0b, 2], [0x18], [0x68], [0xe0], []].map(
      (packet) => opusPacketS(Uint8Array.from(packet)) * 1000,
    );
    expect(lengths).toEqual([20, 40, 60, 40, 60, 20, 2.5, 0]);
  });
});

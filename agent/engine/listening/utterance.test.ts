import { describe, expect, it } from 'vitest';
import { longestPieceMs, UtteranceAudio } from './utterance.ts';

const rateHz = 16_000;

function tone(durationMs: number, level: number): Float32Array {
  return Float32Array.from({ length: (durationMs * rateHz) / 1000 }, (_, i) => level * Math.sin(i));
}

function lengthMs(samples: Float32Array): number {
  return (samples.length / rateHz) * 1000;
}

describe('the audio of an utterance', () => {
  it('stays whole while it is short', () => {
    const audio = new UtteranceAudio(500);
    audio.append(tone(5000, 0.5));
    expect(audio.takePiece(5000)).toBeUndefined();
    expect(audio.endMs).toBe(5500);
    expect(lengthMs(audio.upTo(1500).samples)).toBe(1000);
  });

  it('is parted in the middle of a pause once it is long', () => {
    const audio = new UtteranceAudio(0);
    audio.append(tone(7500, 0.5));
    audio.append(tone(320, 0));
    const piece = audio.takePiece(7500);
    expect(lengthMs(piece?.samples ?? tone(0, 0))).toBe(7660);
    expect(audio.startMs).toBe(7660);
    audio.append(tone(1000, 0.5));
    expect(audio.upTo(8820)).toMatchObject({ seam: 'pause' });
    expect(lengthMs(audio.upTo(8820).samples)).toBe(1160);
  });

  it('is parted where it is quietest when there is no pause, and loses no sample', () => {
    const audio = new UtteranceAudio(0);
    const loud = tone(9000, 0.5);
    const hush = tone(100, 0.001);
    const more = tone(longestPieceMs - 9100 + 32, 0.5);
    for (const part of [loud, hush, more]) audio.append(part);
    const piece = audio.takePiece(undefined);
    const first = piece?.samples ?? tone(0, 0);
    expect(lengthMs(first)).toBeGreaterThan(9000);
    expect(lengthMs(first)).toBeLessThan(9100);
    const rest = audio.upTo(Infinity);
    expect(rest.seam).toBe('forced');
    const whole = Float32Array.from([...loud, ...hush, ...more]);
    expect(Float32Array.from([...first, ...rest.samples])).toEqual(whole);
  });
});

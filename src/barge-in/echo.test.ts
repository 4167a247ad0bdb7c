import { describe, expect, it } from 'vitest';
import { EchoDetector, levelMs } from './echo.ts';

const perFrame = 4;

/** The loudness of talk: syllables, words and pauses, each time the same. RMS in [0, 1], `levelMs` each. */
function talk(lengthMs: number, seed: number): number[] {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const levels: number[] = [];
  while (levels.length * levelMs < lengthMs) {
    const peak = 0.03 + 0.2 * random();
    const syllable = 12 + Math.floor(20 * random());
    for (let i = 0; i < syllable; i += 1) levels.push(peak * Math.sin((Math.PI * i) / syllable));
    if (random() < 0.3) levels.push(...Array<number>(10 + Math.floor(30 * random())).fill(0));
  }
  return levels;
}

function late(levels: readonly number[], delayMs: number, gainDb: number): number[] {
  const gain = 10 ** (gainDb / 20);
  return [...Array<number>(delayMs / levelMs).fill(0), ...levels.map((level) => level * gain)];
}

/** Runs both through a detector and returns, frame by frame, whether it was taken for echo. */
function judge(
  near: readonly number[],
  far: readonly number[],
  detector = new EchoDetector(),
): boolean[] {
  const judged: boolean[] = [];
  for (let at = 0; at + perFrame <= far.length; at += perFrame) {
    judged.push(detector.hear(near.slice(at, at + perFrame), far.slice(at, at + perFrame)));
  }
  return judged;
}

const shareOf = (values: readonly boolean[]): number =>
  values.filter(Boolean).length / values.length;

describe('the echo detector', () => {
  const far = talk(20_000, 1);

  it.each([
    [40, -6],
    [120, -12],
    [200, -20],
  ])('finds an echo that is %i ms late at %i dB, and takes it for one', (delayMs, gainDb) => {
    const detector = new EchoDetector();
    const judged = judge(late(far, delayMs, gainDb), far, detector);
    expect(Math.abs((detector.delayMs ?? Infinity) - delayMs)).toBeLessThanOrEqual(2 * levelMs);
    const settled = judged.slice(Math.round(8000 / levelMs / perFrame));
    expect(shareOf(settled)).toBeGreaterThan(0.95);
  });

  it('lets a person through who speaks over the echo', () => {
    const detector = new EchoDetector();
    judge(late(far, 120, -20), far, detector);
    const echo = late(far, 120, -20);
    const person = talk(3000, 7);
    const both = person.map((level, i) => Math.hypot(level, echo[i] ?? 0));
    const judged = judge(both, far.slice(0, both.length), detector);
    // Between words there is only the echo, and in the loudest words of the assistant the person may drown.
    const loud = judged.filter((_, i) => Math.max(...person.slice(i * 4, i * 4 + 4)) > 0.08);
    expect(shareOf(loud)).toBeLessThan(0.2);
  });

  it('finds none where there is none', () => {
    const detector = new EchoDetector();
    const judged = judge(talk(20_000, 5), far, detector);
    expect(detector.delayMs).toBeUndefined();
    expect(shareOf(judged)).toBe(0);
  });

  it('finds none while the assistant is silent', () => {
    const silence = Array<number>(2500).fill(0);
    expect(shareOf(judge(talk(20_000, 5), silence))).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { frames, timedWords } from './spoken-frames.ts';

describe('frames of speech', () => {
  it('hold every sample once, each in a buffer of its own', () => {
    const pcm = Int16Array.from({ length: 2500 }, (_, i) => i);
    const made = frames(pcm);
    expect(made.map(({ data }) => data.length)).toEqual([1102, 1102, 296]);
    expect(made.flatMap(({ data }) => Array.from(data))).toEqual(Array.from(pcm));
    for (const { data } of made) expect(data.buffer.byteLength).toBe(data.byteLength);
    expect(frames(new Int16Array())).toEqual([]);
  });
});

describe('the times of words', () => {
  it('lie one after another over the whole length, and keep the text', () => {
    const words = timedWords(' The answer  is 391. ', 2, 3);
    expect(words.map(({ text }) => text).join('')).toBe(' The answer  is 391. ');
    expect(words[0]?.startTime).toBe(2);
    expect(words.at(-1)?.endTime).toBeCloseTo(5);
    words.slice(1).forEach(({ startTime }, i) => expect(startTime).toBe(words[i]?.endTime));
  });
});

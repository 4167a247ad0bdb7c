import { describe, expect, it } from 'vitest';
import { RecordingError } from '../decoding/problem.ts';
import { Cut } from './cut.ts';

const rateHz = 1000;

/** A ramp: each sample says where it was. */
function block(from: number, to: number, channels = 1) {
  const ramp = Float32Array.from({ length: to - from }, (_, i) => (from + i) / 32_768);
  return { rateHz, channels: Array.from({ length: channels }, () => ramp) };
}

async function samplesOf(wav: Blob): Promise<number[]> {
  return [...new Int16Array((await wav.arrayBuffer()).slice(44))];
}

describe('cutting a recording to its speech', () => {
  const segments = [
    { startMs: 2, endMs: 4 },
    { startMs: 9, endMs: 13 },
  ];

  it.each([1, 3, 5, 20])('keeps the same in blocks of %i samples', async (size) => {
    const cut = new Cut(segments);
    for (let at = 0; at < 20; at += size) cut.feed(block(at, Math.min(20, at + size)));
    expect(await samplesOf(cut.finish())).toEqual([2, 3, 9, 10, 11, 12]);
  });

  it('needs nothing after the last segment, and ends with the recording', async () => {
    const cut = new Cut(segments);
    cut.feed(block(0, 10));
    expect(cut.complete).toBe(false);
    expect(await samplesOf(cut.finish())).toEqual([2, 3, 9]);
    const whole = new Cut(segments);
    whole.feed(block(0, 14));
    expect(whole.complete).toBe(true);
  });

  it('keeps all channels, and says so in the header', async () => {
    const cut = new Cut(segments);
    cut.feed(block(0, 20, 2));
    const view = new DataView(await cut.finish().arrayBuffer());
    expect(view.getUint16(22, true)).toBe(2);
    expect(view.getUint32(24, true)).toBe(rateHz);
    expect(view.getUint32(40, true)).toBe(2 * 2 * 6);
    expect(view.byteLength).toBe(44 + 24);
  });

  it('clips what is too loud instead of turning it over', async () => {
    const cut = new Cut([{ startMs: 0, endMs: 2 }]);
    cut.feed({ rateHz, channels: [Float32Array.of(1.5, -1.5)] });
    expect(await samplesOf(cut.finish())).toEqual([32_767, -32_768]);
  });

  it('refuses a recording that changes its rate', () => {
    const cut = new Cut(segments);
    cut.feed(block(0, 1));
    expect(() => cut.feed({ ...block(1, 2), rateHz: 2000 })).toThrow(RecordingError);
  });
});

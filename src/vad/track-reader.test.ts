import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CapturedFrame } from './messages.ts';
import { TrackReader } from './track-reader.ts';

const pieceMs = 10;

/** What a browser hands out of a track: 10 ms of a steady value. */
function piece(rateHz: number, timestampMs: number, value = 0.5): AudioData {
  const numberOfFrames = (rateHz * pieceMs) / 1000;
  return {
    sampleRate: rateHz,
    numberOfFrames,
    timestamp: timestampMs * 1000,
    copyTo: (into: Float32Array) => into.fill(value),
    close: () => undefined,
  } as unknown as AudioData;
}

/** Reads the pieces, the nth of them at `readMs(n)` on the wall clock. */
async function framesOf(
  pieces: readonly AudioData[],
  readMs: (index: number) => number = (index) => index * pieceMs,
): Promise<CapturedFrame[]> {
  const frames: CapturedFrame[] = [];
  let next = 0;
  const track = new ReadableStream<AudioData>(
    {
      pull(controller) {
        vi.setSystemTime(readMs(next));
        const each = pieces[next];
        next += 1;
        if (each) controller.enqueue(each);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  await new TrackReader(track, (frame) => frames.push(frame)).run();
  return frames;
}

const second = (rateHz: number, fromMs: number): AudioData[] =>
  Array.from({ length: 100 }, (_, i) => piece(rateHz, fromMs + i * pieceMs));

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe('reading a track', () => {
  it('goes on with a device of another rate', async () => {
    const frames = await framesOf([...second(48_000, 0), ...second(44_100, 1000)]);
    expect(frames.length).toBeGreaterThanOrEqual(60);
    expect(frames[frames.length - 1]?.samples[256]).toBeCloseTo(0.5, 1);
  });

  it('tells when each frame was captured, though it is read late', async () => {
    // A second in time, and another one all at once at its end.
    const frames = await framesOf([...second(48_000, 0), ...second(48_000, 1000)], (index) =>
      index < 100 ? index * pieceMs : 2000,
    );
    frames.forEach(({ atMs }, index) => {
      expect(Math.abs(atMs - (index + 1) * 32)).toBeLessThanOrEqual(15);
    });
  });

  it('is over when the track has ended', async () => {
    expect(await framesOf([])).toEqual([]);
  });
});

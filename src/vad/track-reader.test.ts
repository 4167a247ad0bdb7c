import { describe, expect, it } from 'vitest';
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

async function framesOf(pieces: readonly AudioData[]): Promise<CapturedFrame[]> {
  const frames: CapturedFrame[] = [];
  const track = new ReadableStream<AudioData>({
    start(controller) {
      for (const each of pieces) controller.enqueue(each);
      controller.close();
    },
  });
  await new TrackReader(track, (frame) => frames.push(frame)).run();
  return frames;
}

const second = (rateHz: number, fromMs: number): AudioData[] =>
  Array.from({ length: 100 }, (_, i) => piece(rateHz, fromMs + i * pieceMs));

describe('reading a track', () => {
  it('goes on with a device of another rate', async () => {
    const frames = await framesOf([...second(48_000, 0), ...second(44_100, 1000)]);
    expect(frames.length).toBeGreaterThanOrEqual(60);
    expect(frames[frames.length - 1]?.samples[256]).toBeCloseTo(0.5, 1);
  });

  it('is over when the track has ended', async () => {
    expect(await framesOf([])).toEqual([]);
  });
});

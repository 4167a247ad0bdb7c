import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameError, FrameReader, maxHeaderBytes, maxPayloadBytes } from './frames.ts';

function read(...chunks: Buffer[]) {
  const reader = new FrameReader();
  return chunks
    .flatMap((chunk) => reader.push(chunk))
    .map(({ header, payload }) => ({ header, payload: [...payload] }));
}

describe('frames', () => {
  const first = { header: { op: 'audio', id: 1 }, payload: [1, 2, 3, 4] };
  const second = { header: { text: 'grüß dich 👋' }, payload: [] as number[] };
  const bytes = Buffer.concat(
    [first, second].map(({ header, payload }) => encodeFrame(header, Uint8Array.from(payload))),
  );

  it('come out as they went in', () => {
    expect(read(bytes)).toEqual([first, second]);
  });

  it('come out whole however the bytes are split', () => {
    expect(read(...Array.from(bytes, (byte) => Buffer.from([byte])))).toEqual([first, second]);
    for (let at = 1; at < bytes.length; at++) {
      expect(read(bytes.subarray(0, at), bytes.subarray(at))).toEqual([first, second]);
    }
  });

  it('are refused when they claim to be too large, before they have come', () => {
    const prefix = Buffer.alloc(8);
    prefix.writeUInt32LE(maxHeaderBytes + 1, 0);
    expect(() => read(prefix)).toThrow(FrameError);
    prefix.writeUInt32LE(2, 0);
    prefix.writeUInt32LE(maxPayloadBytes + 1, 4);
    expect(() => read(prefix)).toThrow(FrameError);
    expect(() => encodeFrame({}, new Uint8Array(maxPayloadBytes + 1))).toThrow(FrameError);
  });

  it('are refused when the header is not JSON', () => {
    const frame = encodeFrame({ a: 1 });
    frame[8] = 0x7d;
    expect(() => read(frame)).toThrow('not JSON');
  });
});

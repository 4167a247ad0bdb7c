import { describe, expect, it } from 'vitest';
import { decodeALaw, decodeMuLaw, encodeALaw, encodeMuLaw } from './g711.ts';

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe('G.711', () => {
  it('has the ends and the middle of the tables of the recommendation', () => {
    expect([...decodeMuLaw(Uint8Array.of(0x80, 0x00, 0xff, 0xfe, 0x8f))]).toEqual([
      32124, -32124, 0, 8, 16764,
    ]);
    expect([...decodeALaw(Uint8Array.of(0xaa, 0x2a, 0xd5, 0x55, 0x80))]).toEqual([
      32256, -32256, 8, -8, 5504,
    ]);
  });

  it('gives every byte back, but for the second zero of μ-law', () => {
    const negativeZero = 0x7f;
    expect([...encodeALaw(decodeALaw(everyByte))]).toEqual([...everyByte]);
    expect([...encodeMuLaw(decodeMuLaw(everyByte))]).toEqual(
      [...everyByte].map((byte) => (byte === negativeZero ? 0xff : byte)),
    );
  });

  it.each([
    ['μ-law', encodeMuLaw, decodeMuLaw],
    ['A-law', encodeALaw, decodeALaw],
  ])('keeps every sample within half a step in %s', (_, encode, decode) => {
    const samples = Int16Array.from({ length: 65_536 }, (_, index) => index - 32_768);
    const back = decode(encode(samples));
    samples.forEach((sample, index) => {
      const allowed =
        Math.max(8, (Math.abs(sample) + 132) / 31) + (Math.abs(sample) > 32_000 ? 650 : 0);
      expect(Math.abs(sample - (back[index] ?? NaN))).toBeLessThanOrEqual(allowed);
    });
  });
});

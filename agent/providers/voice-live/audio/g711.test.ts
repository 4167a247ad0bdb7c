import { describe, expect, it } from 'vitest';
import { decodeG711, encodeG711, type G711Law } from './g711.ts';

const everySample = Int16Array.from({ length: 0x1_0000 }, (_, index) => index - 0x8000);
const everyByte = Uint8Array.from({ length: 0x100 }, (_, index) => index);

describe.each<G711Law>(['ulaw', 'alaw'])('G.711 %s', (law) => {
  it('brings every sample back within half a step of its size', () => {
    const back = decodeG711(encodeG711(everySample, law), law);
    const tooFar = [...everySample].filter((sample, index) => {
      const step = Math.max(law === 'ulaw' ? 8 : 16, (Math.abs(sample) + 132) / 16);
      // The range of μ-law ends at 32,124, that of A-law at 32,256.
      return Math.abs(sample - (back[index] ?? 0)) > step / 2 + 4 && Math.abs(sample) < 32_000;
    });
    expect(tooFar).toEqual([]);
  });

  it('changes nothing on the second passage', () => {
    const once = decodeG711(everyByte, law);
    expect(decodeG711(encodeG711(once, law), law)).toEqual(once);
  });

  it('keeps the order of loudness and the sign', () => {
    const back = decodeG711(encodeG711(everySample, law), law);
    expect(back.every((value, index) => index === 0 || value >= (back[index - 1] ?? 0))).toBe(true);
    expect(back[0x8000 + 1000]).toBeGreaterThan(900);
    expect(back[0x8000 - 1000]).toBeLessThan(-900);
  });
});

/** Values of the tables in ITU-T G.711. */
it.each([
  ['ulaw', 0xff, 0],
  ['ulaw', 0x80, 32_124],
  ['ulaw', 0x00, -32_124],
  ['alaw', 0xd5, 8],
  ['alaw', 0x55, -8],
  ['alaw', 0xaa, 32_256],
  ['alaw', 0x2a, -32_256],
] as const)('%s byte %i is %i', (law, byte, sample) => {
  expect(decodeG711(Uint8Array.of(byte), law)[0]).toBe(sample);
});

it.each([
  ['ulaw', 0, 0xff],
  ['ulaw', 32_767, 0x80],
  ['ulaw', -32_768, 0x00],
  ['alaw', 0, 0xd5],
  ['alaw', -1, 0x55],
  ['alaw', 32_767, 0xaa],
  ['alaw', -32_768, 0x2a],
] as const)('%s: silence and the ends of the range are %i → %i', (law, sample, byte) => {
  expect(encodeG711(Int16Array.of(sample), law)[0]).toBe(byte);
});

import { describe, expect, it } from 'vitest';
import { PreparationError } from './preparation-error.ts';
import { readTokenizer, recogniserTokensFile } from './recogniser-tokens.ts';

describe('the vocabulary of the recogniser', () => {
  it('has short, empty and long tokens, back to back', () => {
    const long = Buffer.alloc(300, 'x');
    const file = Buffer.concat([
      Buffer.from([3]),
      Buffer.from('the'),
      Buffer.from([0]),
      // 300 = 2 * 128 + 44, and the first byte says 44 + 128.
      Buffer.from([172, 2]),
      long,
      Buffer.from([1, 0xe2]),
    ]);
    const tokens = readTokenizer(file).map((token) => Buffer.from(token));
    expect(tokens).toEqual([Buffer.from('the'), Buffer.alloc(0), long, Buffer.from([0xe2])]);
  });

  it.each([
    ['within a token', [3, 0x74, 0x68]],
    ['within a length', [1, 0x74, 172]],
  ])('is refused when it is cut off %s', (_where, bytes) => {
    expect(() => readTokenizer(Uint8Array.from(bytes))).toThrow(PreparationError);
  });

  it('is written with bytes that need not be text by themselves', () => {
    const tokens = [Buffer.from('<s>'), Buffer.alloc(0), Buffer.from([0xe2, 0x96])];
    expect(recogniserTokensFile(tokens)).toBe('PHM+ 0\n 1\n4pY= 2\n');
  });
});

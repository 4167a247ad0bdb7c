import { describe, expect, it } from 'vitest';
import { beginningOf } from './beginning.ts';

describe('the beginning of a text', () => {
  it('is all of a short one', () => {
    expect(beginningOf('Once upon a time.', 17)).toBe('Once upon a time.');
  });

  it('ends with a whole word', () => {
    expect(beginningOf('Once upon a time there was a lighthouse.', 20)).toBe('Once upon a time …');
  });

  it('cuts a word that is longer than the place there is', () => {
    expect(beginningOf('x'.repeat(50), 10)).toBe('xxxxxxxxxx …');
  });
});

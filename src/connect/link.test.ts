import { describe, expect, it } from 'vitest';
import { parseLink } from './link.ts';

describe('a link', () => {
  it('carries an address and a token', () => {
    expect(parseLink('#url=wss%3A%2F%2Fexample.org&token=a.b.c')).toEqual({
      serverUrl: 'wss://example.org',
      token: 'a.b.c',
    });
  });

  it('may leave the address unescaped and have its parts in any order', () => {
    expect(parseLink('#token=a.b.c&url=ws://localhost:7880')).toEqual({
      serverUrl: 'ws://localhost:7880',
      token: 'a.b.c',
    });
  });

  it('is none without both parts', () => {
    for (const fragment of ['', '#', '#url=ws://x', '#token=a.b.c', '#url=&token=', '#top']) {
      expect(parseLink(fragment)).toBeUndefined();
    }
  });
});

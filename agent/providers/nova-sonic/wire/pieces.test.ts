import { expect, test } from 'vitest';
import { pieces, tailOf, utf8Bytes } from './pieces.ts';

test('cuts between words, loses nothing, and counts bytes rather than characters', () => {
  const text = Array.from({ length: 300 }, (_, index) => `từ${index}`).join(' ');
  const parts = pieces(text);
  expect(parts.join('')).toBe(text);
  expect(parts.length).toBe(Math.ceil(utf8Bytes(text) / 1000));
  for (const part of parts) expect(utf8Bytes(part)).toBeLessThanOrEqual(1000);
  for (const part of parts.slice(0, -1)) expect(part.endsWith(' ')).toBe(true);
});

test('splits no character of a text without spaces', () => {
  const text = '😀'.repeat(700);
  const parts = pieces(text);
  expect(parts.join('')).toBe(text);
  for (const part of parts) {
    expect(utf8Bytes(part)).toBeLessThanOrEqual(1000);
    expect(part).not.toMatch(/\uFFFD/);
    expect(utf8Bytes(part) % 4).toBe(0);
  }
});

test('keeps the end of a text whole', () => {
  expect(tailOf('aé😀', 6)).toBe('é😀');
  expect(tailOf('aé😀', 5)).toBe('😀');
});

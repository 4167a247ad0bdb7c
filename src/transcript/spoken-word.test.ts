import { expect, it } from 'vitest';
import { dividedAtLastWord } from './spoken-word.ts';

it.each([
  ['It is noon.', 'It is ', 'noon.', ''],
  ['It is ', 'It ', 'is', ' '],
  ['Hello', '', 'Hello', ''],
  ['', '', '', ''],
  ['Grüß Gott', 'Grüß ', 'Gott', ''],
])('divides “%s”', (text, before, word, after) => {
  expect(dividedAtLastWord(text)).toEqual({ before, word, after });
});

import { expect, it } from 'vitest';
import { readableJson } from './readable-json.ts';

it.each([
  ['{"expression":"17 × 23","digits":2}', 'expression: 17 × 23\ndigits: 2'],
  ['{}', ''],
  ['"391"', '391'],
  ['[1,2]', '[\n  1,\n  2\n]'],
  ['{"cut off in the mid', '{"cut off in the mid'],
  ['Seventeen times twenty-three is 391.', 'Seventeen times twenty-three is 391.'],
])('reads %s', (json, text) => {
  expect(readableJson(json)).toBe(text);
});

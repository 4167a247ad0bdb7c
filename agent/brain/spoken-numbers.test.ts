import { describe, expect, it } from 'vitest';
import { withDigits, withOrdinals } from './spoken-numbers.ts';

describe('numbers in words', () => {
  it.each([
    ['seventeen times twenty three', '17 times 23'],
    ['twenty-three', '23'],
    ['two hundred and five times two', '205 times 2'],
    ['one hundred and five and six', '105 and 6'],
    ['three point one four', '3.14'],
    ['point five', '0.5'],
    ['one point twenty five', '1.25'],
    ['half a million', '500000'],
    ['two million three hundred thousand and one', '2300001'],
    ['one hundred and five thousand', '105000'],
    ['3.5 million', '3500000'],
    ['1,234 plus 5', '1234 plus 5'],
    ['two three', '2 3'],
    ['twenty twenty six', '20 26'],
    ['seven and eight', '7 and 8'],
    ['a dozen eggs', '12 eggs'],
    ['the one that I want', 'the 1 that I want'],
    ['no numbers here', 'no numbers here'],
    ['', ''],
  ])('%j → %j', (words, digits) => {
    expect(withDigits(words)).toBe(digits);
  });

  it.each([
    ['the third of may', 'the 3rd of may'],
    ['twenty first of june', '21st of june'],
    ['december twenty-fifth', 'december 25th'],
    ['the thirty first of october', 'the 31st of october'],
    ['july eleventh', 'july 11th'],
    ['the second of march two thousand and twenty seven', 'the 2nd of march 2027'],
  ])('%j → %j', (words, digits) => {
    expect(withOrdinals(words)).toBe(digits);
  });
});

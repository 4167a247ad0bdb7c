import { describe, expect, it } from 'vitest';
import { PieceCutter } from './pieces.ts';

function cut(...texts: string[]): string[] {
  const cutter = new PieceCutter();
  return [...texts.flatMap((text) => cutter.push(text)), ...cutter.flush()];
}

/** As a language model would send it. */
function byCharacter(text: string): string[] {
  return cut(...Array.from(text));
}

describe('cutting text for the voice', () => {
  it('cuts at the ends of sentences', () => {
    expect(cut('It is noon. Are you hungry? Eat!')).toEqual([
      'It is noon. ',
      'Are you hungry? ',
      'Eat!',
    ]);
  });

  it('gives a sentence as soon as it is whole, and not before', () => {
    const cutter = new PieceCutter();
    expect(cutter.push('The answer is 39')).toEqual([]);
    expect(cutter.push('1.')).toEqual([]);
    expect(cutter.push(' ')).toEqual(['The answer is 391. ']);
    expect(cutter.push('Anything else?')).toEqual([]);
    expect(cutter.flush()).toEqual(['Anything else?']);
    expect(cutter.flush()).toEqual([]);
  });

  it('keeps the first piece short, at a comma, and later sentences whole', () => {
    expect(cut('In that case, take the train. In that case, take the bus.')).toEqual([
      'In that case, ',
      'take the train. ',
      'In that case, take the bus.',
    ]);
  });

  it('does not part a word or two from the rest', () => {
    expect(cut('Yes, it is warm.')).toEqual(['Yes, it is warm.']);
  });

  it.each([
    'Pi is about 3.14159 and e about 2.71828.',
    'Call Dr. Smith or Mrs. Jones.',
    'It opens at 9 a.m. tomorrow and at 10 a.m. on Sunday.',
    'Use a tool, e.g. a hammer.',
    'That was J. S. Bach.',
    'It has 1,000,000 inhabitants.',
    'See example.com for it.',
  ])('does not take the dots in "%s" for ends of sentences', (text) => {
    const pieces = byCharacter(text);
    expect(pieces.filter((piece) => /\p{L}/u.test(piece)).length).toBeLessThanOrEqual(2);
    expect(pieces.join('')).toBe(text);
    for (const piece of pieces.slice(0, -1)) expect(piece).toMatch(/[,;:] $/u);
  });

  it('cuts between lines, and keeps marks with the words that they belong to', () => {
    expect(cut('Shopping list\n- milk\n- bread\n')).toEqual([
      'Shopping list\n',
      '- milk\n',
      '- bread\n',
    ]);
    expect(cut('He said "Stop!" and left. Then 👋 . Bye.').join('|')).toBe(
      'He said "Stop!" |and left. |Then 👋 . |Bye.',
    );
  });

  it('cuts a sentence that is too long to wait for', () => {
    const endless = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ');
    const pieces = cut(endless);
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(230);
    expect(pieces.join('')).toBe(endless);
  });

  it('loses and invents nothing, however the text arrives', () => {
    const text =
      '  Well, here is 1. a list:\n\n1. Wash.\n2. Dry... "Really?" (Yes!) At 3 p.m. Mr. X left — alone; sad…  ';
    expect(cut(text).join('')).toBe(text);
    expect(byCharacter(text).join('')).toBe(text);
  });
});

import { describe, expect, it } from 'vitest';
import { agreement, areProof, confidenceIn } from './second-opinion.ts';

describe('agreement', () => {
  it('is the share of words that are the same, in their order', () => {
    expect(agreement('What time is it?', 'what time is it')).toBe(1);
    expect(agreement('Can you tell me more?', 'And you tell me.')).toBe(3 / 5);
    expect(agreement('How did you do that?', 'How could I do that?')).toBe(3 / 5);
    expect(agreement('Together, to that.', 'Purchase.')).toBe(0);
  });

  it('is the share of letters where there are only a word or two', () => {
    expect(agreement('Tomorrow.', 'To marry.')).toBe(5 / 8);
    expect(agreement('Not that.', 'Nut that.')).toBe(6 / 7);
    expect(agreement('Turtle.', 'Perfect.')).toBeLessThan(0.55);
  });

  it('does not count how often a word is said in a row', () => {
    expect(agreement('Stop.', 'Stop, stop, stop.')).toBe(1);
  });

  it('is none where either has no words', () => {
    expect(agreement('', '')).toBe(0);
    expect(agreement('Yes.', '')).toBe(0);
  });
});

describe('words that agree', () => {
  it('are proof that somebody speaks if there are enough of them', () => {
    expect(areProof('What time is it?', 0.75)).toBe(true);
    expect(areProof('What time is it?', 0.5)).toBe(false);
    expect(areProof('Turtle, turtle, turtle.', 1)).toBe(false);
  });
});

describe('confidence in a text', () => {
  const second = new Float32Array(16_000);

  it('is that of the opinion which differs most', async () => {
    const opinions = ['Hold on, please.', 'Hold on.'];
    const lengthsMs: number[] = [];
    const confidence = await confidenceIn('Hold on, please.', second, (samples) => {
      lengthsMs.push(samples.length / 16);
      return Promise.resolve(opinions.shift() ?? '');
    });
    expect(confidence).toBeCloseTo(2 / 3);
    expect(lengthsMs).toEqual([expect.closeTo(1067, -1), expect.closeTo(941, -1)]);
  });

  it('takes two more for a word or two', async () => {
    const opinions = ['Stop that.', 'Stop, stop that.', 'Stop hat.', 'Stop that.'];
    const confidence = await confidenceIn('Stop that.', second, () =>
      Promise.resolve(opinions.shift() ?? ''),
    );
    expect({ confidence, opinions }).toEqual({ confidence: 7 / 8, opinions: [] });
  });

  it('asks no further once too little agrees', async () => {
    let asked = 0;
    const confidence = await confidenceIn('Turtle.', second, () => {
      asked += 1;
      return Promise.resolve('Perfect.');
    });
    expect({ confidence, asked }).toEqual({ confidence: 2 / 7, asked: 1 });
  });
});

import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { costOfCalls, costOfTokens, dollars, isAmount, monthOfSound, tokensOf } from './sums.ts';

const price = (perMillion: string, tokensPerSecond = '10') => ({ perMillion, tokensPerSecond });

describe('what tokens and calls cost', () => {
  it('makes 80 dollars of ten million tokens at 8 dollars a million', () => {
    expect(dollars(costOfTokens(10_000_000, price('8')))).toBe('$80.00');
  });

  it('loses no digit where floating point would', () => {
    expect(costOfTokens(3, price('0.1')).toFixed()).toBe('0.0000003');
    expect(costOfCalls(3, '0.49').toFixed()).toBe('0.00147');
    expect(costOfTokens('123456789123', price('0.42')).toFixed()).toBe('51851.85143166');
  });

  it('counts whole tokens', () => {
    expect(tokensOf(1.26, price('1')).toFixed()).toBe('13');
  });
});

describe('a month', () => {
  it('is 30 days, and its parts add up to the whole', () => {
    // 60 minutes a day: 108,000 s, 1,080,000 tokens, 34.56 dollars at 32 a million.
    const { whole, cut, saved, tokensSaved } = monthOfSound('60', 0.4, price('32'));
    expect([whole, cut, saved].map(dollars)).toEqual(['$34.56', '$20.74', '$13.82']);
    expect(cut.plus(saved).equals(whole)).toBe(true);
    expect(tokensSaved.toFixed()).toBe('432000');
  });

  it('saves nothing where there is no silence, and all where there is nothing else', () => {
    expect(monthOfSound('60', 0, price('32')).saved.toFixed()).toBe('0');
    expect(monthOfSound('60', 1, price('32')).cut.toFixed()).toBe('0');
  });
});

describe('money', () => {
  it('shows cents, and more only below ten of them', () => {
    expect(dollars(new Decimal('1234567.891'))).toBe('$1,234,567.89');
    expect(dollars(new Decimal('0.00042'))).toBe('$0.0004');
    expect(dollars(new Decimal(0))).toBe('$0.00');
  });
});

describe('what a person enters', () => {
  it.each(['0', '12', '0.42', ' 7 '])('takes %j', (text) => expect(isAmount(text)).toBe(true));
  it.each(['', '-1', '1e9', 'abc', '1,5', 'Infinity', '9'.repeat(30)])('refuses %j', (text) =>
    expect(isAmount(text)).toBe(false),
  );
});

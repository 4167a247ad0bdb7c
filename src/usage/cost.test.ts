import { describe, expect, it } from 'vitest';
import { costAt, costOf, dollars, totalCost } from './cost.ts';
import { listPrices } from './list-prices.ts';
import { noRates, priceOf, withPrice } from './prices.ts';
import { noUsage, withUsage, type UsedTurn } from './turns.ts';

const dollar = 1_000_000_000_000n;

function turn(part: Partial<UsedTurn>): UsedTurn {
  return {
    provider: 'openai',
    model: 'gpt-realtime',
    usage: noUsage,
    atMs: 0,
    turn: 1,
    ...part,
  };
}

describe('costAt', () => {
  it('charges every kind of token at its own price per million', () => {
    const usage = {
      ...noUsage,
      inputTextTokens: 1_000_000,
      inputAudioTokens: 2_000_000,
      outputTextTokens: 3_000_000,
      outputAudioTokens: 4_000_000,
    };
    const rates = { ...noRates, textIn: 4, audioIn: 32, textOut: 16, audioOut: 64 };
    expect(costAt(usage, rates)).toBe((4n + 64n + 48n + 256n) * dollar);
  });

  it('charges what was cached less: text first, then sound', () => {
    const usage = {
      ...noUsage,
      inputTextTokens: 600_000,
      inputAudioTokens: 1_000_000,
      inputCachedTokens: 1_000_000,
    };
    const rates = { ...noRates, textIn: 4, textCached: 0.4, audioIn: 32, audioCached: 0.4 };
    // 0.6 M text and 0.4 M sound at 0.4; 0.6 M sound at 32.
    expect(costAt(usage, rates)).toBe((4n * dollar) / 10n + (192n * dollar) / 10n);
  });

  it('adds up to the last digit, however many turns there are', () => {
    const one = turn({ usage: { ...noUsage, inputTextTokens: 1 } });
    const price = { ...noRates, provider: 'openai', model: 'gpt-realtime', textIn: 0.1 } as const;
    expect(totalCost(Array<UsedTurn>(10_000_000 / 1000).fill(one), [price]).sum).toBe(
      dollar / 1000n,
    );
  });
});

describe('costOf', () => {
  it('knows the longest name that fits, and the embedded engine to be free', () => {
    expect(priceOf(listPrices, 'openai', 'gpt-realtime-mini-2025-12-15')?.audioIn).toBe(10);
    expect(priceOf(listPrices, 'openai', 'gpt-realtime-2025-08-28')?.audioIn).toBe(32);
    expect(costOf(turn({ provider: 'embedded', model: 'rules' }), listPrices)).toBe(0n);
  });

  it('says where no price is known rather than counting it as nothing', () => {
    const unknown = turn({ provider: 'azure-openai', model: 'our-deployment' });
    expect(costOf(unknown, listPrices)).toBeUndefined();
    expect(totalCost([unknown], listPrices)).toEqual({ sum: 0n, unpriced: 1 });
    const price = { ...noRates, provider: unknown.provider, model: unknown.model, textIn: 1 };
    expect(totalCost([unknown], withPrice(listPrices, price)).unpriced).toBe(0);
  });

  it('puts an entered price in the place of the listed one', () => {
    const before = priceOf(listPrices, 'openai', 'gpt-realtime');
    if (!before) throw new Error('The list has no gpt-realtime.');
    const prices = withPrice(listPrices, { ...before, audioIn: 1 });
    expect(prices).toHaveLength(listPrices.length);
    expect(priceOf(prices, 'openai', 'gpt-realtime')?.audioIn).toBe(1);
  });
});

describe('withUsage', () => {
  it('takes the replies of one turn together, and those of two providers apart', () => {
    const usage = { ...noUsage, outputTextTokens: 5, outputAudioMs: 100 };
    const event = { type: 'usage', provider: 'openai', model: 'a', usage, atMs: 1 } as const;
    const turns = [event, event, { ...event, provider: 'gemini' as const }].reduce<
      readonly UsedTurn[]
    >((all, next) => withUsage(all, next, 1, 0), []);
    expect(turns.map(({ provider, usage: used }) => [provider, used.outputTextTokens])).toEqual([
      ['openai', 10],
      ['gemini', 5],
    ]);
    expect(turns[0]?.usage.outputAudioMs).toBe(200);
  });
});

it('reads money as people do', () => {
  expect(dollars(0n)).toBe('$0.00');
  expect(dollars(dollar * 12n)).toBe('$12.00');
  expect(dollars((dollar * 123n) / 10_000n)).toBe('$0.012');
  expect(dollars(dollar / 12_500n)).toBe('$0.00008');
});

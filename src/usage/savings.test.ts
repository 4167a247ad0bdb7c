import { describe, expect, it } from 'vitest';
import { dollars } from './cost.ts';
import { listPrices } from './list-prices.ts';
import { savingsOf, withMetered, type MeteredModel } from './savings.ts';

const gemini: MeteredModel = {
  provider: 'gemini',
  model: 'gemini-3.8-live',
  capturedMs: 100_000,
  sentMs: 20_000,
  silentMs: 5000,
};

describe('the sound that was not sent', () => {
  it('is counted in time, in percent and in money', () => {
    const savings = savingsOf([gemini], listPrices);
    expect(savings).toMatchObject({ capturedMs: 100_000, sentMs: 20_000, percentSaved: 80 });
    // 80 s of 25 tokens at 3 dollars a million.
    expect(dollars(savings?.saved ?? 0n)).toBe('$0.006');
    expect(savings?.partlyFree).toBe(false);
  });

  it('adds up over what is told, model by model', () => {
    const told = { type: 'metered', atMs: 0, ...gemini } as const;
    const other = { ...told, provider: 'nova-sonic', model: 'amazon.nova-2-sonic' } as const;
    const sums = [told, other, told].reduce<readonly MeteredModel[]>(withMetered, []);
    expect(sums.find(({ provider }) => provider === 'gemini')?.sentMs).toBe(40_000);
    expect(savingsOf(sums, listPrices)?.capturedMs).toBe(300_000);
  });

  it('is worth nothing where silence has to be sent in its place', () => {
    const nova = { ...gemini, provider: 'nova-sonic', sentMs: 101_000 } as const;
    expect(savingsOf([nova], listPrices)).toMatchObject({ percentSaved: 0, saved: 0n });
  });

  it('says where the provider would not have counted all of it, or no price is known', () => {
    const openai = { ...gemini, provider: 'openai', model: 'gpt-realtime' } as const;
    expect(savingsOf([openai], listPrices)?.partlyFree).toBe(true);
    expect(savingsOf([{ ...openai, model: 'ours' }], listPrices)?.saved).toBeUndefined();
    expect(savingsOf([], listPrices)).toBeUndefined();
  });
});

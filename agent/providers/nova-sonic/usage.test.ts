import { expect, test } from 'vitest';
import { UsageMeter } from './usage.ts';

const totals = (input: number, output: number) => ({
  input: { speechTokens: input, textTokens: 10 },
  output: { speechTokens: output, textTokens: 5 },
});

test('tells differences of totals, and begins anew with each connection', () => {
  const meter = new UsageMeter();
  expect(meter.settledMs).toBeUndefined();
  meter.collect(totals(100, 0), 1);
  meter.collect(totals(150, 40), 1);
  const first = meter.take(undefined, 'label', 'model');
  expect(first).toMatchObject({
    inputTokens: 160,
    outputTokens: 45,
    totalTokens: 205,
    inputTokenDetails: { audioTokens: 150, textTokens: 10 },
    outputTokenDetails: { audioTokens: 40, textTokens: 5 },
  });
  expect(meter.settledMs).toBeUndefined();
  meter.collect(totals(30, 20), 2);
  meter.collect(totals(160, 40), 1);
  expect(meter.take(undefined, 'label', 'model')).toMatchObject({
    inputTokenDetails: { audioTokens: 40, textTokens: 10 },
    outputTokenDetails: { audioTokens: 20, textTokens: 5 },
  });
});

import { expect, it } from 'vitest';
import { endpointingUnder } from './embedded-offer.ts';

it('waits longer for a patient listener and shorter for a quick one, whatever the words', () => {
  const [quick, normal, patient] = ['quick', 'normal', 'patient'].map((patience) =>
    endpointingUnder({ turnDetection: { kind: 'patience', values: { patience } } }),
  );
  expect(normal).toEqual(endpointingUnder({}));
  for (const name of ['completeSilenceMs', 'openSilenceMs', 'incompleteSilenceMs'] as const) {
    expect(quick?.[name]).toBeLessThan(normal?.[name] ?? 0);
    expect(patient?.[name]).toBeGreaterThan(normal?.[name] ?? Infinity);
  }
});

it('takes each silence as it was set in detail', () => {
  const values = { completeSilenceMs: 250, openSilenceMs: 700, incompleteSilenceMs: 1500 };
  expect(endpointingUnder({ turnDetection: { kind: 'words', values } })).toEqual(values);
});

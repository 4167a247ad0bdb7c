import type { ProviderId } from '#protocol/provider.ts';
import { durationNames, durationsOf, type DurationName } from './durations.ts';
import type { TurnRecords } from './records.ts';

export const percents = [50, 90, 95] as const;

/** Of one duration: how many turns have it, and what half, nine tenths and nineteen twentieths of them did not exceed. */
export interface Spread {
  readonly name: DurationName;
  readonly turns: number;
  /** In ms, in the order of `percents`. */
  readonly ms: readonly number[];
}

/** Turns of one provider; `undefined` where it is not known what answered. */
export interface ProviderSpreads {
  readonly provider: ProviderId | undefined;
  readonly turns: number;
  readonly spreads: readonly Spread[];
}

/** By nearest rank: a value that was measured, never one between two. Undefined for none. */
export function percentile(values: readonly number[], percent: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

/** What each provider's turns took, in the order in which the providers came. */
export function spreadsByProvider(records: TurnRecords): readonly ProviderSpreads[] {
  const providers = [...new Set(records.turns.map(({ provider }) => provider))];
  return providers.map((provider) => {
    const turns = records.turns.filter((turn) => turn.provider === provider);
    const measured = turns.map((turn) => durationsOf(records, turn));
    const spreads = durationNames.flatMap((name): Spread[] => {
      const values = measured.flatMap((durations) => durations[name] ?? []);
      const ms = percents.flatMap((percent) => percentile(values, percent) ?? []);
      return values.length === 0 ? [] : [{ name, turns: values.length, ms }];
    });
    return { provider, turns: turns.length, spreads };
  });
}

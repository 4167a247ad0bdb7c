import type { Usage } from '#protocol/events.ts';
import { costOf, type Picodollars } from '../usage/cost.ts';
import type { Price } from '../usage/prices.ts';
import { totalUsage, type UsedTurn } from '../usage/turns.ts';
import type { Turn } from './records.ts';

/** What a turn used, all its replies together; undefined where nothing was counted. */
export function usageOfTurn(turn: Turn): Usage | undefined {
  return turn.used.length === 0 ? undefined : totalUsage(counted(turn));
}

/** What it cost; undefined where nothing was counted, or something has no price. */
export function costOfTurn(turn: Turn, prices: readonly Price[]): Picodollars | undefined {
  const costs = counted(turn).map((used) => costOf(used, prices));
  if (costs.length === 0) return undefined;
  return costs.reduce((sum, cost) =>
    sum === undefined || cost === undefined ? undefined : sum + cost,
  );
}

function counted({ used, number, openedAtMs }: Turn): UsedTurn[] {
  return used.map((use) => ({ ...use, turn: number, atMs: openedAtMs }));
}

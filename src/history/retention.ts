/** For how many days a conversation is kept after something was last said in it. */
export const retentions = ['forever', '90', '30', '7', 'none'] as const;
export type Retention = (typeof retentions)[number];

const storageKey = 'parley.history.keep';
const dayMs = 24 * 60 * 60 * 1000;

/** What the person has chosen in this browser. */
export function chosenRetention(): Retention {
  try {
    const kept = localStorage.getItem(storageKey);
    return retentions.find((retention) => retention === kept) ?? 'forever';
  } catch {
    return 'forever';
  }
}

export function chooseRetention(retention: Retention): void {
  try {
    localStorage.setItem(storageKey, retention);
  } catch {
    // Where no site data is kept, no conversation is kept either.
  }
}

/** Conversations that ended before this are not kept any longer; times are ms since the epoch. */
export function keptSinceMs(retention: Retention, nowMs: number): number {
  if (retention === 'forever') return -Infinity;
  return retention === 'none' ? Infinity : nowMs - Number(retention) * dayMs;
}

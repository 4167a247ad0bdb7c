import { expect, it } from 'vitest';
import { decidedIn } from './verdicts.ts';

const at = (verdict: 'duck' | 'restore' | 'confirm', atMs: number) =>
  ({ kind: 'verdict', verdict, atMs, ageMs: 5, sinceOnsetMs: 40 }) as const;

it('counts as silenced what came back, and a cut as a cut', () => {
  const verdicts = [at('duck', 100), at('restore', 400), at('duck', 1000), at('confirm', 1700)];
  expect(decidedIn(verdicts)).toEqual({ lowered: 2, cut: 1, silencedMs: 300 });
  // The beginning of it was before the stretch of time.
  expect(decidedIn([at('restore', 50)])).toEqual({ lowered: 0, cut: 0, silencedMs: 0 });
});

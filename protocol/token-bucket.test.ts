import { expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

it('lets a burst pass, then as many as come back with time, and never saves up more than the burst', () => {
  let nowMs = 0;
  const bucket = new TokenBucket(3, 2, () => nowMs);
  const takeAll = (): number => {
    let taken = 0;
    while (bucket.take()) taken += 1;
    return taken;
  };
  expect(takeAll()).toBe(3);
  nowMs += 499;
  expect(takeAll()).toBe(0);
  nowMs += 1;
  expect(takeAll()).toBe(1);
  nowMs += 60_000;
  expect(takeAll()).toBe(3);
});

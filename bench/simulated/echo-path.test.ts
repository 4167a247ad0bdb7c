import { expect, it } from 'vitest';
import { levelOf } from '../sounds/level.ts';
import { seeded } from '../sounds/seeded.ts';
import { EchoPath } from './echo-path.ts';

it('gives back what is played, so much later and so much quieter', () => {
  const random = seeded(3);
  const played = new Float32Array(32_000).map(() => random() - 0.5);
  const path = new EchoPath({ gainDb: -12, delayMs: 90 });
  const heard = path.pass(played);
  const firstHeard = heard.findIndex((sample) => sample !== 0);
  expect(firstHeard).toBe(90 * 16);
  const loss = levelOf(heard.subarray(8000)) - levelOf(played);
  expect(loss).toBeGreaterThan(-13);
  expect(loss).toBeLessThan(-11);
});

it('goes on from one piece to the next', () => {
  const random = seeded(4);
  const played = new Float32Array(8000).map(() => random() - 0.5);
  const whole = new EchoPath({ gainDb: -6, delayMs: 40 }).pass(played);
  const path = new EchoPath({ gainDb: -6, delayMs: 40 });
  const pieces = [0, 1, 2, 3].flatMap((part) => [
    ...path.pass(played.subarray(part * 2000, (part + 1) * 2000)),
  ]);
  expect(pieces).toEqual([...whole]);
});

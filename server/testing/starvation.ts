import { setTimeout as delay } from 'node:timers/promises';
import { readProcessors, stolenShare } from '../../agent/worker/processors.ts';

/** Of a stretch of work, in ms. */
const stretchMs = 200;
const betweenMs = 500;
/** Of what was worked, its host may keep this share for others until a virtual machine counts as starved. */
const bearable = 0.35;

/**
 * Waits, at most `limitMs`, until the host of this virtual machine lets it have its processors for some `stretches` of work
 * one after the other: speech in real time comes with holes while it gives them to others, and what fails then says
 * nothing. Does not wait where the system does not tell (all but Linux).
 */
export async function untilNotStarved(limitMs: number, stretches: number): Promise<void> {
  const giveUpAtMs = performance.now() + limitMs;
  for (let calm = 0; ;) {
    calm = shareKept() > bearable ? 0 : calm + 1;
    if (calm === stretches || performance.now() > giveUpAtMs) return;
    await delay(betweenMs);
  }
}

function shareKept(): number {
  const before = readProcessors();
  if (!before) return 0;
  // The system counts what is taken from those alone that want it.
  const beganMs = performance.now();
  while (performance.now() - beganMs < stretchMs);
  return stolenShare(before, readProcessors());
}

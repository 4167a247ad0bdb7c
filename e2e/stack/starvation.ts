import { setTimeout as delay } from 'node:timers/promises';

/** Of a stretch of work, in ms. */
const stretchMs = 300;
/** A process that gets this share of a processor while it works is not starved. */
const enough = 0.85;
/** A moment of calm may be chance. */
const stretches = 3;
const betweenMs = 700;

/**
 * Waits until this machine gives a process that works a processor nearly to itself, at most `limitMs`: speech in real time
 * comes with holes while the host of a virtual machine gives its processors to others, and what fails then says nothing.
 */
export async function untilNotStarved(limitMs: number): Promise<void> {
  const giveUpAtMs = performance.now() + limitMs;
  for (let calm = 0; calm < stretches && performance.now() < giveUpAtMs;) {
    calm = shareOfProcessor() < enough ? 0 : calm + 1;
    await delay(betweenMs);
  }
}

function shareOfProcessor(): number {
  const usedBefore = process.cpuUsage();
  const beganMs = performance.now();
  while (performance.now() - beganMs < stretchMs);
  const { user, system } = process.cpuUsage(usedBefore);
  return (user + system) / 1000 / (performance.now() - beganMs);
}

import { beforeEach } from 'vitest';
import { untilNotStarved } from './starvation.ts';

const limitMs = 90_000;

// What listens to real speech in real time fails on a machine that its host starves, and would fail again.
beforeEach(async ({ task }) => {
  if ((task.result?.retryCount ?? 0) > 0) await untilNotStarved(limitMs, 4);
}, 2 * limitMs);

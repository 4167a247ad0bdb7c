import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { stack } from './stack.ts';

const limitMs = 120_000;
const health = z.object({ agents: z.string() });

/** The page is served before the worker has loaded its models; the tests begin when it has. */
export default async function untilAgentsAreReady(): Promise<void> {
  const giveUpAtMs = performance.now() + limitMs;
  for (;;) {
    const response = await fetch(`${stack.pageUrl}/api/health`);
    const { agents } = health.parse(await response.json());
    if (agents === 'ready') return;
    if (performance.now() > giveUpAtMs) {
      throw new Error(`After ${limitMs / 1000} s the agents of ${stack.pageUrl} are "${agents}".`);
    }
    await delay(250);
  }
}

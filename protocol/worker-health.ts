import * as z from 'zod/mini';
import { problemCode } from './problems.ts';
import { providerId } from './provider.ts';

/** What a worker knows of itself; the launcher passes it on to the server, and the worker's own health tells it. */
export const workerHealth = z.object({
  /** Of the speech engine. */
  engine: z.enum(['stopped', 'starting', 'ready', 'restarting', 'failed']),
  /** Whether LiveKit knows this worker and gives it jobs. */
  registered: z.boolean(),
  conversations: z.int().check(z.nonnegative()),
  /** Providers that were lost and have not answered since, each with what was told last. */
  failingProviders: z
    .array(z.object({ provider: providerId, code: problemCode, atMs: z.int() }))
    .check(z.maxLength(16)),
});
export type WorkerHealth = z.infer<typeof workerHealth>;

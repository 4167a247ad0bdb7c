import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const written = z.object({ details: z.record(z.string(), z.unknown()) });

/** The details that an earlier run of this benchmark has written, so that one browser can be measured again by itself. */
export function keptDetails(name: string): Record<string, unknown> {
  const path = new URL(`../results/${name}.json`, import.meta.url);
  if (!existsSync(path)) return {};
  return written.parse(JSON.parse(readFileSync(path, 'utf8'))).details;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Environment } from '../environment.ts';
import { PlainFailure } from './plain-failure.ts';

/** What agent/prepare.ts prints, one JSON object a line. */
const line = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('progress'),
    step: z.string(),
    doneBytes: z.number(),
    totalBytes: z.number(),
  }),
  z.object({ kind: z.literal('notice'), message: z.string() }),
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('error'), message: z.string(), detail: z.string().optional() }),
]);

export interface PreparationReport {
  readonly onProgress?: (text: string) => void;
  readonly onNotice?: (text: string) => void;
  /** For the log file. */
  readonly onDetail?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** Has the agent fetch and check its speech models. Throws a `PlainFailure` in the words of the agent. */
export async function prepareModels(
  environment: Environment,
  report: PreparationReport,
  args: readonly ('--check' | '--verify')[] = [],
): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'prepare.js'), ...args], {
    env: { ...process.env, PARLEY_CACHE: environment.cacheFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(report.signal && { signal: report.signal }),
  });
  const outcome: { done: boolean; failure?: string } = { done: false };
  createInterface({ input: child.stderr }).on('line', (text) => report.onDetail?.(text));
  createInterface({ input: child.stdout }).on('line', (text) => {
    const message = parse(text);
    switch (message?.kind) {
      case 'progress':
        report.onProgress?.(describeProgress(message));
        break;
      case 'notice':
        report.onNotice?.(message.message);
        break;
      case 'done':
        outcome.done = true;
        break;
      case 'error':
        outcome.failure = message.message;
        if (message.detail !== undefined) report.onDetail?.(message.detail);
        break;
      case undefined:
        report.onDetail?.(text);
    }
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (outcome.failure !== undefined) throw new PlainFailure(outcome.failure);
  if (code !== 0 || !outcome.done) {
    throw new PlainFailure(
      'The speech models could not be prepared, and no reason was given. Run npm run doctor, then try again.',
    );
  }
}

function parse(text: string): z.infer<typeof line> | undefined {
  try {
    return line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function describeProgress(progress: {
  step: string;
  doneBytes: number;
  totalBytes: number;
}): string {
  const { step, doneBytes, totalBytes } = progress;
  if (totalBytes <= 0) return step;
  const percent = Math.floor((100 * doneBytes) / totalBytes);
  const megabytes = (bytes: number) => Math.round(bytes / 1e6);
  return `${step} ${percent} % (${megabytes(doneBytes)} of ${megabytes(totalBytes)} MB)`;
}

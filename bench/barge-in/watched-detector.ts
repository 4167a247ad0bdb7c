import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { buildSync } from 'esbuild';
import type { DetectorEvent } from '../../src/vad/messages.ts';

export interface WatchedEvents {
  readonly verdicts: readonly Extract<DetectorEvent, { kind: 'verdict' }>[];
  readonly frames: readonly Extract<DetectorEvent, { kind: 'frame' }>['frame'][];
  readonly failures: readonly string[];
}

/** Has the pages of a context note all that their detector's worker tells; the product knows nothing of it. */
export async function watchDetectors(context: BrowserContext): Promise<void> {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('pages/watch-worker.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  });
  await context.addInitScript(outputFiles[0]?.text ?? '');
}

/** What was told since the last call. */
export function watched(page: Page): Promise<WatchedEvents> {
  return page.evaluate(() => window.watchedDetector.take());
}

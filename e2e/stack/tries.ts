import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestInfo } from '@playwright/test';
import { readProcessors, stolenShare } from '../../agent/worker/processors.ts';

/** The further tries of a test in CI. */
export const furtherTries = {
  /** Whatever the machine does. */
  always: 2,
  /** At most, while the host of a virtual machine kept more than `bearable` of its processors in each of them. */
  starved: 5,
} as const;
/** As a share of what the machine wanted while the test ran. */
const bearable = 0.15;

/** Notes what the host keeps while a test runs. Returns what ends that, and tells it where the test has failed. */
export function followHost(testInfo: TestInfo): () => Promise<void> {
  const before = readProcessors();
  return async () => {
    if (testInfo.status === testInfo.expectedStatus) return;
    const share = stolenShare(before, readProcessors());
    await mkdir(testInfo.project.outputDir, { recursive: true });
    await writeFile(notePath(testInfo), String(share));
    const body = `kept ${Math.round(share * 100)} % of the processors during this try`;
    await testInfo.attach('host', { body });
  };
}

/** Throws where the last try failed by itself, and those that are always given are used up. */
export async function refuseFairTry(testInfo: TestInfo): Promise<void> {
  if (testInfo.retry <= furtherTries.always) return;
  const share = Number(await readFile(notePath(testInfo), 'utf8').catch(() => '0'));
  if (share > bearable) return;
  throw new Error('It failed on a machine that had its processors, and is not tried again.');
}

function notePath({ project, testId }: TestInfo): string {
  return join(project.outputDir, `host-${testId}.txt`);
}

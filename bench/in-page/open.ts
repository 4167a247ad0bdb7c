import type { Browser, Page } from '@playwright/test';
import type { BrowserName } from '../../server/launcher/browsers.ts';
import { openContext } from '../barge-in/real-browser.ts';

/** Opens the bench page with its microphone and its playback. */
export async function openInPage(browser: Browser, name: BrowserName, url: string): Promise<Page> {
  const context = await openContext(browser, name);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Start' }).click();
  await page.waitForFunction(() => document.title !== '-');
  const title = await page.title();
  if (title !== 'open') throw new Error(`The page does not open: ${title}`);
  return page;
}

/** Samples at 48 kHz as the page takes them: 16 bits, base64. */
export function asPcm(samples: Float32Array): string {
  const pcm = Int16Array.from(samples, (sample) => Math.max(-1, Math.min(1, sample)) * 0x7fff);
  return Buffer.from(pcm.buffer).toString('base64');
}

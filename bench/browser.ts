import { chromium, type Browser, type Page } from '@playwright/test';
import { installMicrophone, installSpeaker } from '../e2e/audio/install.ts';
import { project } from '../e2e/stack/browsers.ts';

/** Chromium as the tests drive it, without a window. */
export function openChromium(): Promise<Browser> {
  const { channel, launchOptions } = project('chromium').use ?? {};
  return chromium.launch({ ...launchOptions, ...(channel && { channel }) });
}

/** A page in a context of its own that can be spoken to and heard. */
export async function openPage(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, permissions: ['microphone'] });
  await installMicrophone(context);
  await installSpeaker(context);
  return context.newPage();
}

/** The assistant is there and hears: it listens, or already greets. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator('[data-presence="listening"], [data-presence="speaking"]').waitFor();
}

/** Resolves when the page's speaker has been silent for this long, in ms. */
export async function untilQuiet(page: Page, quietMs: number): Promise<void> {
  await page.waitForFunction((quiet) => window.speaker.quietForMs() >= quiet, quietMs, {
    polling: 50,
    timeout: 60_000,
  });
}

/** A turn that takes longer than this, in ms, has failed. */
const patienceMs = 15_000;

/**
 * Says a clip and waits for the first sound after it.
 * Resolves to the ms from the clip's last loud sample to that sound, measured on the page's own clock.
 * Rejects when there is none for 15 s.
 */
export async function timeToSound(page: Page, clip: Buffer, tailMs: number): Promise<number> {
  return page.evaluate(
    async ([audio, silentTailMs, limitMs]) => {
      await window.microphone.say(audio);
      const spokenAtMs = performance.now() - silentTailMs;
      while (window.speaker.soundedForMs(spokenAtMs) === 0) {
        if (performance.now() - spokenAtMs > limitMs) throw new Error('Nothing was heard.');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return performance.now() - spokenAtMs;
    },
    [clip.toString('base64'), tailMs, patienceMs] as const,
  );
}

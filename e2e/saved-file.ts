import type { Page } from '@playwright/test';
import { decodePcm } from './audio/speaker.ts';

type SavingWindow = Window & { saved?: Blob };

/**
 * The text of the file that the page hands to the downloads by `act`. It is taken on its way there, since a Firefox that is
 * driven from outside does not tell of downloads.
 */
export async function savedText(page: Page, act: () => Promise<void>): Promise<string> {
  await takenBy(page, act);
  return page.evaluate(async () => {
    const { saved } = window as SavingWindow;
    delete (window as SavingWindow).saved;
    return (await saved?.text()) ?? '';
  });
}

/** The same of a sound file: its channels as mono samples in [-1, 1] at 16 kHz, as the browser decodes them. */
export async function savedSound(page: Page, act: () => Promise<void>): Promise<Float32Array[]> {
  await takenBy(page, act);
  const channels = await page.evaluate(async () => {
    const { saved } = window as SavingWindow;
    delete (window as SavingWindow).saved;
    return window.speaker.channelsOf(saved ?? new Blob());
  });
  return channels.map(decodePcm);
}

async function takenBy(page: Page, act: () => Promise<void>): Promise<void> {
  await page.evaluate(() => {
    const create = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (file: Blob) => {
      URL.createObjectURL = create;
      (window as SavingWindow).saved = file;
      return create(file);
    };
  });
  await act();
  await page.waitForFunction(() => (window as SavingWindow).saved !== undefined);
}

import type { Page } from '@playwright/test';

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
    const file = (await saved?.arrayBuffer()) ?? new ArrayBuffer();
    const decoded = await new OfflineAudioContext(2, 1, 16_000).decodeAudioData(file);
    return Array.from({ length: decoded.numberOfChannels }, (_, channel) => {
      const pcm = Int16Array.from(decoded.getChannelData(channel), (sample) => sample * 0x7fff);
      const bytes = new Uint8Array(pcm.buffer);
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192) {
        text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      }
      return btoa(text);
    });
  });
  return channels.map((text) => {
    const pcm = Buffer.from(text, 'base64');
    return Float32Array.from(
      { length: pcm.length / 2 },
      (_, index) => pcm.readInt16LE(index * 2) / 0x8000,
    );
  });
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

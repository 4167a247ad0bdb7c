import type { Page } from '@playwright/test';

type SavingWindow = Window & { saved?: Blob };

/**
 * The text of the file that the page hands to the downloads by `act`. It is taken on its way there, since a Firefox that is
 * driven from outside does not tell of downloads.
 */
export async function savedText(page: Page, act: () => Promise<void>): Promise<string> {
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
  return page.evaluate(async () => {
    const { saved } = window as SavingWindow;
    delete (window as SavingWindow).saved;
    return (await saved?.text()) ?? '';
  });
}

import type { Page } from '@playwright/test';
import { Settings } from './settings.ts';
import { expect, oneBrowser, test } from './test.ts';

/** A camera before which a test holds colours. Chromium's own fake shows but one, Firefox's each in turn. */
async function installCamera(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 240;
    const brush = canvas.getContext('2d');
    // A canvas gives a frame for each stroke; a camera gives them all the time.
    setInterval(() => {
      if (!brush) return;
      brush.fillStyle = document.documentElement.dataset['held'] ?? 'red';
      brush.fillRect(0, 0, canvas.width, canvas.height);
    }, 100);
    const microphone = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (wanted) =>
      wanted?.video ? Promise.resolve(canvas.captureStream(10)) : microphone(wanted);
  });
}

/** From now on this colour is before the camera. */
async function hold(page: Page, colour: string): Promise<void> {
  await page.evaluate((held) => {
    document.documentElement.dataset['held'] = held;
  }, colour);
}

test('Gemini Live sees the camera, and Nova Sonic does not', oneBrowser, async ({ parley }) => {
  const { page } = parley;
  await installCamera(page);
  await parley.startTalking();
  const settings = new Settings(parley);
  await settings.answerWith('Gemini Live');
  await parley.button('Share screen or camera').click();
  await page.getByRole('menuitem', { name: 'Share the camera' }).click();
  const tile = page.getByRole('region', { name: 'Share screen or camera' });
  await expect(tile).toContainText('Gemini Live sees it');

  await parley.say('What color do you see?');
  await expect(parley.said('Assistant').last()).toContainText('I see something red');
  await parley.untilListening();
  await hold(page, 'blue');
  await parley.type('What color do you see now?');
  await expect(parley.said('Assistant').last()).toContainText('I see something blue');

  await settings.answerWith('Amazon Nova');
  await expect(tile).toBeHidden();
  await expect(parley.transcript).toContainText('Sharing has ended: Amazon Nova');
});

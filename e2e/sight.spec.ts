import type { Locator, Page } from '@playwright/test';
import type { Parley } from './parley.ts';
import { Settings } from './settings.ts';
import { sharedTabTitle } from './stack/browsers.ts';
import { expect, test, thoroughInFirefox, thoroughInOneBrowser } from './test.ts';

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

/** Presses what shares something. Gives the place that shows it. */
async function share(parley: Parley, what: string): Promise<Locator> {
  const { page } = parley;
  await parley.button('Share screen or camera').click();
  await page.getByRole('menuitem', { name: what }).click();
  return page.getByRole('region', { name: 'Share screen or camera' });
}

/** Asks in writing until that is the answer: a picture, and that there is none any more, take a moment to arrive. */
async function expectSeen(parley: Parley, what: string): Promise<void> {
  await expect(async () => {
    await parley.untilListening();
    await parley.type('What color do you see now?');
    await expect(parley.said('Assistant').last()).toContainText(`I see ${what}`, {
      timeout: 8000,
    });
  }).toPass({ timeout: 40_000 });
}

test(
  'Gemini Live sees the camera, and Nova Sonic does not',
  thoroughInFirefox,
  async ({ parley }) => {
    const { page } = parley;
    await installCamera(page);
    await parley.startTalking();
    const settings = new Settings(parley);
    await settings.answerWith('Gemini Live');
    const tile = await share(parley, 'Share the camera');
    await expect(tile).toContainText('Gemini Live sees it');

    await parley.ask('What color do you see?', 'I see something red');
    await hold(page, 'blue');
    await expectSeen(parley, 'something blue');

    await settings.answerWith('Amazon Nova');
    await expect(tile).toBeHidden();
    await expect(parley.transcript).toContainText('Sharing has ended: Amazon Nova');
  },
);

// Firefox asks what to share where no test can press.
test(
  'OpenAI Realtime sees a tab until that is closed',
  thoroughInOneBrowser,
  async ({ parley }) => {
    const { page } = parley;
    await parley.startTalking();
    await new Settings(parley).answerWith('OpenAI Realtime');
    const tab = await page.context().newPage();
    await tab.setContent(`<title>${sharedTabTitle}</title><body style="background: blue">`);
    await page.bringToFront();
    const tile = await share(parley, 'Share the screen');
    await expect(tile).toContainText('OpenAI Realtime sees it');
    await expectSeen(parley, 'something blue');
    await parley.untilListening();

    await tab.close();
    await expect(tile).toBeHidden();
    await expect(parley.transcript).toContainText('The browser has stopped the sharing.');
    await expectSeen(parley, 'nothing');
  },
);

import type { Locator, Page } from '@playwright/test';
import { expect, oneBrowser, test, thoroughInFirefox } from './test.ts';

const mostStops = 60;

/**
 * Walks with the Tab key alone; fails if the way does not lead there. It must not lead over the end of the page: there the
 * focus goes into the browser's own bars, and in Firefox the keys of a test do not follow it.
 */
async function walkTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < mostStops; stop += 1) {
    await page.keyboard.press(key);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(target, `within ${mostStops} presses of ${key}`).toBeFocused();
}

const forwardTo = (page: Page, target: Locator) => walkTo(page, target, 'Tab');
const backTo = (page: Page, target: Locator) => walkTo(page, target, 'Shift+Tab');

/** In CSS px; 0 where they overlap. */
async function gapBetween(one: Locator, other: Locator): Promise<number> {
  const [a, b] = [await one.boundingBox(), await other.boundingBox()];
  if (!a || !b) return Infinity;
  const aside = Math.max(a.x - (b.x + b.width), b.x - (a.x + a.width), 0);
  const above = Math.max(a.y - (b.y + b.height), b.y - (a.y + a.height), 0);
  return Math.max(aside, above);
}

test('a whole conversation by keyboard alone', async ({ parley, page }) => {
  await parley.open();
  await forwardTo(page, parley.button('Start talking'));
  await page.keyboard.press('Enter');
  await parley.untilListening();

  await page.keyboard.press('/');
  await expect(parley.message).toBeFocused();
  await page.keyboard.type('What is 17 times 23?');
  await page.keyboard.press('Enter');
  await expect(parley.said('Assistant')).toContainText('391');

  await backTo(page, parley.button('Mute microphone'));
  await page.keyboard.press('Space');
  await expect(parley.button('Unmute microphone')).toBeFocused();
  await page.keyboard.press('m');
  await expect(parley.button('Mute microphone')).toBeVisible();

  await forwardTo(page, parley.message);
  const askedAtMs = await parley.speaker.now();
  await page.keyboard.type('Tell me a long story.');
  await page.keyboard.press('Enter');
  await parley.speaker.waitForSound({ sinceMs: askedAtMs, lengthMs: 1000 });
  await page.keyboard.press('Escape');
  await parley.speaker.waitForSilence(1500);
  await expect(parley.cutReply()).toBeVisible();

  await backTo(page, parley.button('Leave'));
  await page.keyboard.press('Enter');
  await forwardTo(page, parley.button('Start a new conversation'));
  await page.keyboard.press('Enter');
  await expect(parley.button('Start talking')).toBeVisible();
});

test(
  'a popup takes the focus, and Escape gives it back without cutting the reply',
  thoroughInFirefox,
  async ({ parley, page }) => {
    await parley.startTalking();
    await parley.playStory();
    await backTo(page, parley.button('Sound and devices'));
    await page.keyboard.press('Enter');
    await forwardTo(page, page.getByRole('slider', { name: 'Volume' }));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('slider', { name: 'Volume' })).toBeHidden();
    await expect(parley.button('Sound and devices')).toBeFocused();

    const closedAtMs = await parley.speaker.now();
    await parley.speaker.waitForSound({ sinceMs: closedAtMs, lengthMs: 1000 });
    await expect(parley.cutReply()).toHaveCount(0);
  },
);

test('letters act only outside of fields', oneBrowser, async ({ parley, page }) => {
  await parley.startTalking();
  await parley.message.focus();
  await page.keyboard.type('m/m');
  await expect(parley.message).toHaveValue('m/m');
  await expect(parley.button('Mute microphone')).toBeVisible();
});

test(
  'a tour leads by keyboard from part to part, and gives the focus back',
  thoroughInFirefox,
  async ({ parley, page }) => {
    await parley.startTalking();
    const opener = parley.button('Show me around');
    await forwardTo(page, opener);
    await page.keyboard.press('Enter');
    const tour = page.getByRole('dialog');
    const shown = page.locator('[data-toured]');
    const titles = [
      'How the assistant is',
      'Cut in',
      'Your microphone',
      'Ways to talk',
      'Sound',
      'Write instead',
      'Everything is kept',
      'Settings',
    ];
    for (const title of titles) {
      await expect(tour).toHaveAccessibleName(title);
      await expect(shown).toHaveCount(1);
      await expect(shown).toBeInViewport();
      await expect.poll(() => gapBetween(tour, shown)).toBeLessThan(40);
      await page.keyboard.press('ArrowRight');
    }
    await expect(tour).toBeHidden();
    await expect(shown).toHaveCount(0);
    await expect(opener).toBeFocused();

    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await expect(tour).toHaveAccessibleName('Cut in');
    await page.keyboard.press('ArrowLeft');
    await expect(tour).toHaveAccessibleName('How the assistant is');
    await page.keyboard.press('Escape');
    await expect(tour).toBeHidden();
    await expect(opener).toBeFocused();
  },
);

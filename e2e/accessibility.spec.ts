import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, oneBrowser, test, thoroughInOneBrowser } from './test.ts';

async function expectNoViolation(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`);
  expect.soft(found, where).toEqual([]);
}

/** By the page's own button, since Firefox ignores Playwright's `colorScheme`. */
async function chooseTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  const toggle = page.getByRole('button', { name: /^Use the (light|dark) theme$/ });
  await expect(toggle).toBeVisible();
  if ((await page.locator('html').getAttribute('data-theme')) !== theme) await toggle.click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
}

for (const theme of ['light', 'dark'] as const) {
  test(
    `before a conversation there is no barrier, ${theme}`,
    theme === 'light' ? oneBrowser : thoroughInOneBrowser,
    async ({ parley, page }) => {
      await parley.open();
      await chooseTheme(page, theme);
      await expectNoViolation(page, 'start');
      await parley.openConnection();
      await expect(page.getByRole('textbox', { name: 'Room token' })).toBeVisible();
      await expectNoViolation(page, 'connect');
      await parley.fillConnection({ url: 'localhost', token: 'x' });
      await parley.button('Connect').click();
      await expect(page.getByText('This is not a server address')).toBeVisible();
      await expectNoViolation(page, 'connect, refused');
    },
  );

  test(
    `in a conversation and after it there is no barrier, ${theme}`,
    theme === 'light' ? oneBrowser : thoroughInOneBrowser,
    async ({ parley, page }) => {
      await parley.open();
      await chooseTheme(page, theme);
      await parley.button('Start talking').click();
      await parley.untilListening();
      await expectNoViolation(page, 'nothing said yet');
      await parley.type('What is 17 times 23?');
      await expect(parley.said('Assistant')).toContainText('391');
      await parley.playStory();
      await parley.button('Interrupt').click();
      await expect(parley.cutReply()).toBeVisible();
      await expectNoViolation(page, 'a transcript with a tool and a cut reply');
      await parley.button('Sound and devices').click();
      await expect(page.getByRole('slider', { name: 'Volume' })).toBeVisible();
      await expectNoViolation(page, 'sound and devices');
      await page.keyboard.press('Escape');
      await parley.leave();
      await expectNoViolation(page, 'ended');
    },
  );

  test(
    `a problem is no barrier, ${theme}`,
    theme === 'light' ? oneBrowser : thoroughInOneBrowser,
    async ({ parley, page }) => {
      await parley.open();
      await chooseTheme(page, theme);
      await parley.microphone.refuseWith('NotAllowedError');
      await parley.button('Start talking').click();
      await expect(parley.problem('The microphone is blocked')).toBeVisible();
      await parley.untilListening();
      await expectNoViolation(page, 'microphone blocked');
    },
  );
}

test('the page follows the theme of the system', async ({ parley, page, browserName }) => {
  test.skip(browserName !== 'chromium', 'Playwright cannot change the theme of a running Firefox.');
  await page.emulateMedia({ colorScheme: 'dark' });
  await parley.open();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test(
  'the theme of the system counts that holds when the page is there',
  oneBrowser,
  async ({ parley, page }) => {
    let letCome = (): void => undefined;
    const mayCome = new Promise<void>((resolve) => {
      letCome = resolve;
    });
    await page.route(/\/assets\/.*\.js$/, async (route) => {
      await mayCome;
      await route.continue();
    });
    await page.emulateMedia({ colorScheme: 'dark' });
    const opened = parley.open();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.emulateMedia({ colorScheme: 'light' });
    letCome();
    await opened;
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  },
);

test('a chosen theme outlives a reload', async ({ parley, page }) => {
  await parley.open();
  await chooseTheme(page, 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('the state of the assistant is announced, and the transcript is a log', async ({ parley }) => {
  await parley.startTalking();
  await expect(
    parley.page.getByRole('status').filter({ hasText: 'Listening' }).first(),
  ).toBeAttached();
  await expect(parley.transcript).toHaveAccessibleName('Transcript');
});

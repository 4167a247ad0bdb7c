import { expect, test } from './test.ts';

test('what is set goes along into the next conversation, and nothing old or broken does harm', async ({
  parley,
  page,
}) => {
  await parley.open();
  await page.evaluate(() => {
    localStorage.setItem('parley.settings', '{"colour":"red"}');
    localStorage.setItem('parley.offers', 'nothing');
  });
  await parley.startTalking();
  await parley.button('Settings').click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('checkbox', { name: 'Arithmetic' }).uncheck();
  await expect(dialog.getByRole('status').filter({ hasText: 'In effect' })).toBeVisible();
  await page.keyboard.press('Escape');
  await parley.type('What is 17 times 23?');
  await expect(parley.said('Assistant')).toHaveCount(1);
  await expect(parley.said('Assistant')).not.toContainText('391');

  await parley.leave();
  await parley.button('Start a new conversation').click();
  await parley.startTalking();
  await parley.button('Settings').click();
  await expect(dialog.getByRole('checkbox', { name: 'Arithmetic' })).not.toBeChecked();
  await dialog.getByRole('button', { name: 'Back to defaults' }).click();
  await expect(dialog.getByRole('checkbox', { name: 'Arithmetic' })).toBeChecked();
  await expect(dialog.getByRole('status').filter({ hasText: 'In effect' })).toBeVisible();
  await page.keyboard.press('Escape');
  await parley.type('What is 17 times 23?');
  await expect(parley.said('Assistant').last()).toContainText('391');
});

test('with the turn in one’s hand a pause ends nothing, and what is dropped is not answered', async ({
  parley,
  page,
}) => {
  await parley.startTalking();
  await page.getByRole('button', { name: /^How you talk/ }).click();
  await page.getByRole('menuitemradio', { name: 'Push to talk' }).click();
  await expect(parley.button('Hold to talk')).toBeVisible();

  // Nobody holds the turn: this is not heard.
  await parley.say('What is the capital of France?');

  await page.keyboard.down('Space');
  await expect(parley.button('Release to send')).toBeVisible();
  await parley.say('What time is it?');
  await page.keyboard.press('Escape');
  await page.keyboard.up('Space');
  await expect(parley.button('Hold to talk')).toBeVisible();

  await page.keyboard.down('Space');
  await parley.say('What is seventeen times');
  await parley.say('twenty-three?');
  await page.keyboard.up('Space');
  await expect(parley.said('Assistant')).toContainText('391');
  await expect(parley.said('You')).toHaveCount(1);
  await expect(parley.said('Assistant')).toHaveCount(1);
});

test('a form that comes late does not wait behind a call that was begun meanwhile', async ({
  parley,
  page,
}) => {
  let letCome = (): void => undefined;
  const mayCome = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await page.route(/manual-connect/, async (route) => {
    await mayCome;
    await route.continue();
  });
  await parley.open();
  const asked = page.waitForRequest(/manual-connect/);
  await parley.openConnection();
  await asked;
  await parley.button('Start talking').click();
  await parley.untilListening();
  const come = page.waitForResponse(/manual-connect/);
  letCome();
  await come;
  await parley.leave();
  await expect(parley.button('Start a new conversation')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

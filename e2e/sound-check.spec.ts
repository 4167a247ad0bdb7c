import { expect, test, thoroughInFirefox } from './test.ts';

test(
  'a minute before the first talk: one is heard, hears, and is told how readily to cut in',
  thoroughInFirefox,
  async ({ parley, page }) => {
    await parley.open();
    await parley.button('Check microphone and loudspeaker').click();
    const check = page.getByRole('dialog', { name: 'Sound check' });

    await check.getByRole('button', { name: 'Record three seconds' }).click();
    await expect(check.getByText('Speak now')).toBeVisible();
    await parley.say('What is seventeen times twenty-three?');
    await expect(check.getByText('This is what the assistant would hear')).toBeVisible();
    await parley.speaker.waitForSound();
    await expect(check.getByText('Your voice is loud and clear.')).toBeVisible();

    await check.getByRole('button', { name: 'Next' }).click();
    const sinceMs = await parley.speaker.now();
    await check.getByRole('button', { name: 'Play a voice' }).click();
    await parley.speaker.waitForSound({ sinceMs });
    await check.getByRole('button', { name: 'I hear it' }).click();

    await check.getByRole('button', { name: 'Tune to my room' }).click();
    // The virtual room is quiet, and nothing leads from its speaker to its microphone.
    await expect(check.getByText('Your room is quiet')).toBeVisible({ timeout: 30_000 });
    await check.getByRole('button', { name: 'Use “Eager”' }).click();
    await expect(check.getByText('“Eager” suits it, and is what you use.')).toBeVisible();
    await check.getByRole('button', { name: 'Done' }).click();
    await expect(check).toBeHidden();
    expect(await page.evaluate(() => window.microphone.isOpen('virtual-1'))).toBe(false);
  },
);

test('a microphone that is refused is named in the sound check, and may be skipped by keyboard', async ({
  parley,
  page,
}) => {
  await parley.open();
  await parley.microphone.refuseWith('NotAllowedError');
  await parley.button('Settings').click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('button', { name: 'Check microphone and loudspeaker' }).press('Enter');
  await expect(settings).toBeHidden();
  const check = page.getByRole('dialog', { name: 'Sound check' });
  await expect(check.getByRole('alert')).toContainText('microphone');
  await parley.microphone.allow();
  await check.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(check.getByRole('button', { name: 'Record three seconds' })).toBeEnabled();
  await check.getByRole('button', { name: 'Skip this step' }).press('Enter');
  await expect(check.getByRole('heading', { name: 'Hear the assistant' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(check).toBeHidden();
  await expect(page.getByRole('region', { name: 'Problems' })).toBeHidden();
});

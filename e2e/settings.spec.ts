import { wordErrorRate } from './fixtures/word-error-rate.ts';
import { Emulated } from './providers/control/emulated.ts';
import type { EmulatedProvider } from './providers/control/ports.ts';
import { Settings } from './settings.ts';
import {
  expect,
  furtherCases,
  oneBrowser,
  test,
  thoroughInFirefox,
  thoroughInOneBrowser,
} from './test.ts';

test(
  'what is set goes along into the next conversation, and nothing old or broken does harm',
  thoroughInFirefox,
  async ({ parley, page }) => {
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
  },
);

test('with the turn in one’s hand a pause ends nothing, and what is dropped is not answered', async ({
  parley,
  page,
}) => {
  await parley.startTalking();
  await new Settings(parley).talkBy('Push to talk');
  await expect(parley.button('Hold to talk')).toBeVisible();

  // Nobody holds the turn: this is not heard.
  await parley.say('What is the capital of France?');

  await parley.sayAndDrop('What time is it?');

  await page.keyboard.down('Space');
  await parley.say('What is seventeen times');
  await parley.say('twenty-three?');
  await page.keyboard.up('Space');
  await expect(parley.said('Assistant')).toContainText('391');
  await expect(parley.said('You')).toHaveCount(1);
  await expect(parley.said('Assistant')).toHaveCount(1);
});

test(
  'a form that comes late does not wait behind a call that was begun meanwhile',
  oneBrowser,
  async ({ parley, page }) => {
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
  },
);

const clouds: readonly { id: EmulatedProvider; name: string; voice: string }[] = [
  { id: 'nova-sonic', name: 'Amazon Nova', voice: 'matthew' },
  { id: 'voice-live', name: 'Azure Voice Live', voice: 'en-GB-SoniaNeural' },
  { id: 'openai', name: 'OpenAI Realtime', voice: 'cedar' },
  { id: 'gemini', name: 'Gemini Live', voice: 'Kore' },
];

for (const [index, { id, name, voice }] of clouds.entries()) {
  test(
    `${name} takes another voice and other instructions in mid-conversation, and remembers it`,
    furtherCases(index),
    async ({ parley }) => {
      const service = new Emulated(id);
      const settings = new Settings(parley);
      await parley.startTalking();
      await settings.answerWith(name);
      await parley.type('What is seventeen times twenty-three?');
      await expect(parley.said('Assistant').last()).toContainText('391');
      await parley.untilListening();
      await settings.open();
      await settings.instructions.fill('Call me Robin.');
      await settings.voice.selectOption(voice);
      await settings.untilInEffect();
      await settings.close();

      await expect.poll(() => service.session()).toMatchObject({ voice });
      await parley.type('What do you call me?');
      await expect(parley.said('Assistant').last()).toContainText('I call you Robin');
      await parley.type('What was my first question?');
      await expect(parley.said('Assistant').last()).toContainText(/seventeen|17/i);
      await expect(parley.problems).toHaveCount(0);
    },
  );

  test(
    `a voice of ${name} can be heard from the settings`,
    thoroughInOneBrowser,
    async ({ parley, speech }) => {
      const service = new Emulated(id);
      const settings = new Settings(parley);
      await parley.startTalking();
      await settings.answerWith(name);
      await settings.open();
      await settings.voice.selectOption(voice);
      await settings.untilInEffect();
      await expect.poll(() => service.session()).toMatchObject({ voice });
      const before = await service.session();
      await parley.speaker.record();
      const askedAtMs = await parley.speaker.now();
      await settings.dialog.getByRole('button', { name: 'Hear it' }).click();

      await parley.speaker.waitForSound({ sinceMs: askedAtMs, lengthMs: 1000 });
      await parley.speaker.waitForSilence(1200);
      const heard = await speech.transcribe(await parley.speaker.stopRecording());
      expect(wordErrorRate('This is how I sound when I talk with you.', heard), heard).toBeLessThan(
        0.35,
      );
      // It is spoken by a session of its own, in this voice, and the conversation knows nothing of it.
      expect(await service.session()).toEqual({ count: before.count + 1, voice });
      await expect(settings.dialog.getByText(/cannot be heard/)).toHaveCount(0);
    },
  );
}

import type { Parley } from './parley.ts';
import { expect, oneBrowser, test, thoroughInFirefox, thoroughInOneBrowser } from './test.ts';

/** How much of the story may still be heard after the cut, in ms. */
const byHandLimitMs = 600;

async function expectCutStory(parley: Parley): Promise<void> {
  // The story has no pause of this length, and goes on for two minutes if nobody cuts in.
  await parley.speaker.waitForSilence(1500);
  await expect(parley.cutReply()).toHaveCount(1);
  await expect(parley.cutReply()).toContainText('Here is the story');
}

async function expectNextAnswer(parley: Parley): Promise<void> {
  const askedAtMs = await parley.speaker.now();
  await parley.type('What is two plus two?');
  await expect(parley.said('Assistant').last()).toContainText(/\b(4|four)\b/i);
  await parley.speaker.waitForSound({ sinceMs: askedAtMs });
}

test('speech cuts a reply and is answered', async ({ parley }) => {
  await parley.startTalking();
  await parley.playStory();
  await parley.say('Stop, please. What time is it?');

  await expectCutStory(parley);
  await expect(parley.said('You').last()).toContainText(/what time is it/i);
  await expect(parley.said('Assistant').last()).toContainText(/it.?s|it is/i);
  await expect(parley.said('Assistant').last()).not.toContainText('Here is the story');
});

test('the button cuts a reply at once', thoroughInFirefox, async ({ parley }) => {
  await parley.startTalking();
  await parley.playStory();
  const cutAtMs = await parley.speaker.now();
  await parley.button('Interrupt').click();

  await expectCutStory(parley);
  expect(await parley.speaker.soundedForMs(cutAtMs)).toBeLessThan(byHandLimitMs);
  await expectNextAnswer(parley);
});

test('Escape cuts a reply at once', thoroughInOneBrowser, async ({ parley }) => {
  await parley.startTalking();
  await parley.playStory();
  const cutAtMs = await parley.speaker.now();
  await parley.page.keyboard.press('Escape');

  await expectCutStory(parley);
  expect(await parley.speaker.soundedForMs(cutAtMs)).toBeLessThan(byHandLimitMs);
  await expectNextAnswer(parley);
});

test('a typed message cuts a reply and is answered', oneBrowser, async ({ parley }) => {
  await parley.startTalking();
  await parley.playStory();
  await expectNextAnswer(parley);

  await expectCutStory(parley);
});

test('what was not heard of a cut reply is struck out', thoroughInFirefox, async ({ parley }) => {
  await parley.startTalking();
  await parley.playStory();
  await parley.button('Interrupt').click();

  const unheard = parley.cutReply().locator('s');
  await expect(unheard).not.toContainText('there is plenty');
  await parley.cutReply().getByRole('button', { name: 'Show all' }).click();
  await expect(unheard).toContainText('there is plenty');
  await expect(unheard).not.toContainText('Here is the story');
});

test(
  'with nothing to cut, an interruption does nothing',
  thoroughInOneBrowser,
  async ({ parley }) => {
    await parley.startTalking();
    await parley.page.keyboard.press('Escape');
    await parley.button('Interrupt').click();

    await expectNextAnswer(parley);
    await expect(parley.cutReply()).toHaveCount(0);
    await expect(parley.problems).toHaveCount(0);
  },
);

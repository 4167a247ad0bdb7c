import { expect, oneBrowser, test, thoroughInFirefox, thoroughInOneBrowser } from './test.ts';

test('a typed question is answered in words and aloud', thoroughInFirefox, async ({ parley }) => {
  await parley.startTalking();
  const askedAtMs = await parley.speaker.now();
  await parley.type('What is 17 times 23?');

  await expect(parley.said('You')).toContainText('What is 17 times 23?');
  await expect(parley.said('You')).toContainText('typed');
  await expect(parley.said('Assistant')).toContainText('391');
  await parley.speaker.waitForSound({ sinceMs: askedAtMs });
  await expect(parley.message).toHaveValue('');
});

test(
  'the send button sends, and an empty message cannot be sent',
  oneBrowser,
  async ({ parley }) => {
    await parley.startTalking();
    const send = parley.button('Send message');
    await expect(send).toBeDisabled();
    await parley.message.fill('   ');
    await expect(send).toBeDisabled();
    await parley.message.fill('What is two plus two?');
    await send.click();

    await expect(parley.said('Assistant')).toContainText(/\b(4|four)\b/i);
  },
);

test(
  'a message that is sent in the moment in which words end is answered',
  oneBrowser,
  async ({ parley }) => {
    await parley.startTalking();
    await parley.message.fill('What is 17 times 23?');
    await parley.say('What is twelve times twelve?');
    await parley.message.press('Enter');
    await expect(parley.said('Assistant').last()).toContainText('391');
  },
);

test(
  'one types on without a click, however many messages were sent',
  thoroughInOneBrowser,
  async ({ parley, page }) => {
    await parley.startTalking();
    await parley.message.focus();
    for (let count = 1; count <= 20; count += 1) {
      await page.keyboard.type(`What is ${count} plus one?`);
      await page.keyboard.press('Enter');
      await expect(parley.message).toHaveValue('');
    }
    await page.keyboard.type('And now?');
    await expect(parley.message).toHaveValue('And now?');
  },
);

test('markup in a message is text', oneBrowser, async ({ parley }) => {
  const markup = '<img src="x" onerror="document.title=\'taken over\'"> <b>bold</b>';
  await parley.startTalking();
  await parley.type(markup);

  await expect(parley.said('You')).toContainText(markup);
  await expect(parley.said('Assistant')).toHaveText(/\S/);
  await expect(parley.transcript.locator('img, b')).toHaveCount(0);
  await expect(parley.page).not.toHaveTitle('taken over');
});

test(
  'a message has a limit, and the box says how much is left',
  thoroughInOneBrowser,
  async ({ parley }) => {
    await parley.startTalking();
    await parley.message.fill('a'.repeat(1999));
    await expect(parley.page.getByText('1 character left')).toBeVisible();
    await parley.message.press('End');
    await parley.message.pressSequentially('bc');
    await expect(parley.message).toHaveValue(`${'a'.repeat(1999)}b`);
  },
);

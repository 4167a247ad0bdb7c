import type { Locator } from '@playwright/test';
import { openLibrary } from './mcp/servers.ts';
import type { Parley } from './parley.ts';
import { Settings } from './settings.ts';
import { expect, oneBrowser, test, thoroughInOneBrowser } from './test.ts';

/** A conversation with a provider that has been offered the tools of the library. */
async function talkInLibrary(parley: Parley, provider: string): Promise<void> {
  const settings = new Settings(parley);
  await parley.startTalking();
  await expect(async () => {
    await settings.open();
    try {
      await expect(settings.tool('Find a shelf (library)')).toBeChecked({ timeout: 2000 });
    } finally {
      await settings.close();
    }
  }).toPass();
  await settings.answerWith(provider);
}

const question = (parley: Parley): Locator =>
  parley.page.getByRole('dialog', { name: 'May this tool be run?' });

let close: () => void;
test.beforeAll(() => {
  close = openLibrary();
});
test.afterAll(() => close());

test(
  'a tool of an outside server answers when it is asked for, and is run only with a yes where it does something',
  oneBrowser,
  async ({ parley }) => {
    await talkInLibrary(parley, 'OpenAI Realtime');
    await parley.ask('On which library shelf is Treasure Island?', 'on shelf seven');
    await expect(question(parley)).toHaveCount(0);

    await parley.speaker.waitForSilence(1000);
    await parley.say('Can I borrow Moby Dick from the library?');
    await expect(question(parley)).toContainText('library offers “borrow”');
    await expect(question(parley)).toContainText('Moby Dick');
    await question(parley).getByRole('button', { name: 'Allow once' }).click();
    await expect(parley.said('Assistant').last()).toContainText('yours for two weeks');
  },
);

test('a no costs that one call, and nothing else', thoroughInOneBrowser, async ({ parley }) => {
  await talkInLibrary(parley, 'Amazon Nova');
  await parley.type('Borrow Moby Dick from the library.');
  await question(parley).getByRole('button', { name: 'No', exact: true }).click();
  await expect(parley.said('Assistant').last()).toContainText('did not allow');

  await parley.untilListening();
  await parley.type('On which library shelf is Moby Dick?');
  await expect(parley.said('Assistant').last()).toContainText('on shelf two');
  await parley.untilListening();
  await parley.type('Borrow Moby Dick from the library.');
  await question(parley).getByRole('button', { name: 'Allow in this conversation' }).click();
  await expect(parley.said('Assistant').last()).toContainText('yours for two weeks');
  await parley.untilListening();
  await parley.type('Borrow The Time Machine from the library.');
  await expect(parley.said('Assistant').last()).toContainText('The Time Machine is yours');
});

import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import type { Parley } from './parley.ts';
import { savedSound, savedText } from './saved-file.ts';
import { expect, oneBrowser, test } from './test.ts';

/** The window of the history, as a person goes through it. */
class History {
  readonly window: Locator;
  readonly search: Locator;

  constructor(readonly page: Page) {
    this.window = page.getByRole('dialog', { name: 'History' });
    this.search = this.window.getByRole('textbox', { name: 'Search all conversations' });
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'History', exact: true }).click();
    await expect(this.window).toBeVisible();
  }

  entry(text: string | RegExp): Locator {
    return this.window.getByRole('listitem').filter({ hasText: text }).getByRole('button');
  }

  button(name: string): Locator {
    return this.window.getByRole('button', { name, exact: true });
  }

  /** The text of the file that a menu of the window hands to the downloads. */
  async download(menu: string, item: string): Promise<string> {
    return savedText(this.page, async () => {
      await this.button(menu).click();
      await this.page.getByRole('menuitem', { name: item }).click();
    });
  }
}

async function talkAboutTheLocker(parley: Parley): Promise<void> {
  await parley.startTalking();
  await parley.type('Remember that my locker code is 4512.');
  await expect(parley.said('Assistant').last()).toContainText('4512');
  await parley.untilListening();
  await parley.leave();
}

test('a conversation is found again, renamed, exported, deleted and brought back', async ({
  parley,
  page,
}) => {
  const history = new History(page);
  await talkAboutTheLocker(parley);
  await parley.button('Start a new conversation').click();
  await history.open();
  await expect(history.entry('Remember that my locker code')).toContainText('Embedded engine');

  await history.search.fill('LÓCKER 45');
  const hit = history.entry('locker code is 4512');
  await expect(hit.locator('mark').first()).toHaveText('locker');
  await hit.click();
  const kept = history.window.getByRole('region', { name: /Remember that my locker/ });
  await expect(kept.getByRole('article').first()).toContainText('my locker code is 4512');

  await history.button('Rename').click();
  await history.window.getByRole('textbox', { name: 'Name' }).fill('Gym');
  await history.button('Save').click();
  await expect(history.window.getByRole('heading', { name: 'Gym' })).toBeVisible();

  const exported = await history.download('Export', 'Markdown');
  expect(exported).toContain('# Gym');
  expect(exported).toContain('my locker code is 4512');
  const json = await history.download('More', 'Export all: JSON, can be imported');

  const { violations } = await new AxeBuilder({ page }).analyze();
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);

  await history.button('Delete').click();
  await expect(history.window).toContainText('No conversations yet');
  await history.button('Undo').click();
  await history.button('Clear the search').click();
  await expect(history.entry('Gym')).toBeVisible();

  const picker = history.window.locator('input[type=file]');
  const file = (text: string) => ({
    name: 'history.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });
  await picker.setInputFiles(file(json));
  await expect(history.window).toContainText('1 was here already');
  await picker.setInputFiles(file(json.replace('"utterance"', '"song"')));
  await expect(history.window.getByRole('alert')).toContainText('The file is damaged');
  await picker.setInputFiles(file('{"some": "thing else"}'));
  await expect(history.window.getByRole('alert')).toContainText('not a file of conversations');
  await expect(history.window.getByRole('listitem')).toHaveCount(1);

  await history.button('More').click();
  await page.getByRole('menuitem', { name: 'Delete all …' }).click();
  await page.getByRole('button', { name: 'Delete all', exact: true }).click();
  await expect(history.window).toContainText('No conversations yet');
  await picker.setInputFiles(file(json));
  await expect(history.entry('Gym')).toBeVisible();
});

test(
  'whoever resumes a conversation finds what was said, and an assistant that knows it',
  oneBrowser,
  async ({ parley, page }) => {
    const history = new History(page);
    await talkAboutTheLocker(parley);
    // Another visit: nothing but the history has outlived it.
    await page.evaluate(() => sessionStorage.clear());
    await parley.open();
    await history.open();
    await history.entry('Remember that my locker code').click();
    await history.button('Resume').click();
    await expect(history.window).toBeHidden();
    await parley.untilListening();
    await expect(parley.said('You').first()).toContainText('my locker code is 4512');
    await expect(parley.said('Assistant').last()).toContainText('Welcome back');

    await parley.type('What is my locker code?');
    await expect(parley.said('You').last()).toContainText('What is my locker code?');
    await expect(parley.said('Assistant').last()).toContainText(/your locker code is 4512/i);

    await history.open();
    await history.entry('Remember that my locker code').click();
    await expect(history.window).toContainText('This is the conversation you are in.');
    await expect(history.button('Resume')).toBeDisabled();
    await expect(history.button('Delete')).toBeDisabled();
    await page.keyboard.press('Escape');
    await expect(history.window).toBeHidden();
    await parley.leave();

    await parley.button('All conversations').click();
    await expect(history.window.getByRole('listitem')).toHaveCount(1);
  },
);

test(
  'what was recorded of both sides is heard again, line by line',
  oneBrowser,
  async ({ parley, page, speech }) => {
    test.slow();
    const history = new History(page);
    await parley.startTalking();
    await parley.button('Sound and devices').click();
    await page.getByRole('checkbox', { name: 'Record this conversation' }).check();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('status').filter({ hasText: 'Recording' })).toBeVisible();
    await parley.untilListening();
    await parley.ask('What is seventeen times twenty-three?', '391');
    await parley.untilListening();
    await parley.leave();

    await history.open();
    await history.entry(/seventeen|17/i).click();
    const replay = history.window.getByRole('group', { name: 'The recorded sound' });
    const [person, assistant] = await savedSound(page, () =>
      replay.getByRole('button', { name: 'Save the sound as a file' }).click(),
    );
    const heard = await Promise.all(
      [person, assistant].map((samples) => speech.transcribe(samples ?? new Float32Array())),
    );
    expect(heard[0]).toMatch(/what is seventeen times twenty/i);
    expect(heard[0]).not.toMatch(/ninety/i);
    expect(heard[1]).toMatch(/ninety/i);
    expect(heard[1]).not.toMatch(/what is/i);

    const answer = history.window.locator('[aria-current=true]').filter({ hasText: '391' });
    await expect(answer).toHaveCount(0);
    await history.window
      .getByRole('button', { name: /^Play from/ })
      .last()
      .click();
    await expect(replay.getByRole('button', { name: 'Pause' })).toBeVisible();
    await expect(answer).toBeVisible();
    const place = replay.getByRole('slider', { name: 'Sound' });
    const before = Number(await place.inputValue());
    expect(before).toBeGreaterThan(1);
    await expect.poll(async () => Number(await place.inputValue())).toBeGreaterThan(before);
    await place.press('Home');
    await expect(answer).toHaveCount(0);

    await replay.getByRole('button', { name: 'Delete the sound only' }).click();
    await expect(replay).toBeHidden();
    await history.button('Undo').click();
    await expect(replay).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  },
);

test('what the first version of the page kept is still there', async ({ page }) => {
  // An address of the same origin that runs nothing of the page.
  await page.goto('/api/health');
  await page.evaluate(async () => {
    const row = {
      kind: 'utterance',
      id: 'u1',
      speaker: 'user',
      via: 'voice',
      text: 'Tell me about the moon',
      status: { kind: 'final' },
      startedAtMs: Date.now() - 60_000,
    };
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('parley', 1);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore('conversations', { keyPath: 'id' });
        opening.result.createObjectStore('rows', { keyPath: ['conversationId', 'row.id'] });
      };
      opening.onerror = () => reject(new Error(opening.error?.message));
      opening.onsuccess = () => {
        const writing = opening.result.transaction(['conversations', 'rows'], 'readwrite');
        const nowMs = Date.now();
        writing
          .objectStore('conversations')
          .put({ id: 'c1', startedAtMs: nowMs - 60_000, endedAtMs: nowMs - 30_000 });
        writing.objectStore('rows').put({ conversationId: 'c1', row });
        writing.oncomplete = () => {
          opening.result.close();
          resolve();
        };
      };
    });
  });

  const history = new History(page);
  await page.goto('/');
  await history.open();
  await expect(history.entry('Tell me about the moon')).toContainText('0:30');
  await history.entry('Tell me about the moon').click();
  await expect(history.window.getByRole('article')).toContainText('Tell me about the moon');
});

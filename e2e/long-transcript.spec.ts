import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

const rowCount = 10_000;
/** So many frames of scrolling, and how far each goes, in CSS px: a fast wheel. */
const frames = 240;
const pxAFrame = 300;
/** Of 60 frames a second. */
const frameMs = 1000 / 60;

/** Puts a conversation into the browser's database as an earlier version of the page kept it, and this tab's own. */
async function keepConversation(page: Page, count: number): Promise<void> {
  // A page of the same origin on which nothing of Parley runs.
  await page.goto('/api/health');
  await page.evaluate(async (rows) => {
    const conversationId = 'long';
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('parley', 1);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore('conversations', { keyPath: 'id' });
        opening.result.createObjectStore('rows', { keyPath: ['conversationId', 'row.id'] });
      };
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(new Error('The database was refused.'));
    });
    const transaction = database.transaction(['conversations', 'rows'], 'readwrite');
    const startedAtMs = Date.now() - rows * 1000;
    transaction
      .objectStore('conversations')
      .put({ id: conversationId, startedAtMs, endedAtMs: Date.now() });
    for (let row = 0; row < rows; row += 1) {
      transaction.objectStore('rows').put({
        conversationId,
        row: {
          kind: 'utterance',
          id: `row-${String(row).padStart(6, '0')}`,
          speaker: row % 2 === 0 ? 'user' : 'assistant',
          via: 'voice',
          text: `Line ${row + 1}. ${'Every line has a length of its own, as talk has. '.repeat(row % 5)}`,
          status: { kind: 'final' },
          startedAtMs: startedAtMs + row * 1000,
        },
      });
    }
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = reject;
    });
    database.close();
    sessionStorage.setItem('parley.conversation', conversationId);
  }, count);
}

/** Scrolls back frame by frame; resolves with the ms between one frame and the next. */
async function scrollBack(page: Page): Promise<readonly number[]> {
  return page.evaluate(
    async ([count, px]) => {
      const scroller = document.querySelector('[role="log"] [role="group"]');
      if (!scroller) throw new Error('There is no transcript.');
      const nextFrame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
      const gaps: number[] = [];
      let before = await nextFrame();
      for (let frame = 0; frame < count; frame += 1) {
        scroller.scrollTop -= px;
        const now = await nextFrame();
        gaps.push(now - before);
        before = now;
      }
      return gaps;
    },
    [frames, pxAFrame] as const,
  );
}

test(`a transcript of ${rowCount} lines scrolls as smoothly as a short one`, async ({
  parley,
  page,
  browserName,
}) => {
  await keepConversation(page, rowCount);
  await parley.open();
  const articles = parley.transcript.getByRole('article');
  await expect(articles.last()).toHaveAttribute('aria-posinset', String(rowCount));
  await expect(articles.last()).toBeInViewport();
  expect(await articles.count()).toBeLessThan(60);

  const devtools =
    browserName === 'chromium' ? await page.context().newCDPSession(page) : undefined;
  await devtools?.send('Performance.enable');
  const busySeconds = async (): Promise<number> => {
    const { metrics } = (await devtools?.send('Performance.getMetrics')) ?? { metrics: [] };
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  const before = await busySeconds();
  const gaps = [...(await scrollBack(page))].sort((a, b) => a - b);
  const workMs = ((await busySeconds()) - before) * (1000 / frames);
  // It did go far.
  expect(Number(await articles.last().getAttribute('aria-posinset'))).toBeLessThan(rowCount - 400);
  const quantile = (share: number): number => gaps[Math.ceil(share * frames) - 1] ?? NaN;
  const figures = `work ${workMs.toFixed(1)} ms a frame; from frame to frame ${quantile(0.5).toFixed(1)}, p95 ${quantile(0.95).toFixed(1)}, at most ${quantile(1).toFixed(1)} ms`;
  test.info().annotations.push({ type: 'frames', description: figures });
  // How soon a frame follows another is the machine's affair as well; what the page has to do for it is its own.
  expect(workMs, figures).toBeLessThan(frameMs);

  await page.getByRole('group', { name: 'What was said' }).focus();
  await page.keyboard.press('Home');
  await expect(articles.first()).toContainText('Line 1.');
  await expect(articles.first()).toBeInViewport();
  await page.keyboard.press('End');
  await expect(articles.last()).toHaveAttribute('aria-posinset', String(rowCount));
  await expect(articles.last()).toBeInViewport();
});

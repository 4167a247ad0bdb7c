import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { holdsAnswer, sumOf } from './sums.ts';

const answerLimitMs = 15_000;

/** A question that is asked aloud. */
export interface SpokenSum {
  readonly wav: Buffer;
  readonly answer: string;
}

/**
 * Types sum `turn` and resolves with the ms to the first words of its answer, which the next message then cuts off;
 * undefined if there was no answer.
 */
export async function type(page: Page, turn: number): Promise<number | undefined> {
  const { question } = sumOf(turn);
  const box = page.getByRole('textbox', { name: 'Message' });
  const before = await rowCount(page);
  await box.fill(question);
  const sentAtMs = performance.now();
  await box.press('Enter');
  while (performance.now() - sentAtMs < answerLimitMs) {
    const rows = await rowsBehind(page, before);
    const asked = rows.findIndex((row) => row.includes(question));
    if (asked !== -1 && rows.slice(asked).some(isAnswer)) return performance.now() - sentAtMs;
    await delay(10);
  }
  return undefined;
}

/** Asks aloud, and resolves with the latency that the page shows, in ms; undefined if there was no right answer. */
export async function ask(page: Page, { wav, answer }: SpokenSum): Promise<number | undefined> {
  const before = await rowCount(page);
  await page.evaluate((audio) => window.microphone.say(audio), wav.toString('base64'));
  const figure = page.getByRole('log').getByRole('article').locator('data').last();
  const askedAtMs = performance.now();
  while (performance.now() - askedAtMs < answerLimitMs) {
    const rows = await rowsBehind(page, before);
    if (rows.some((row) => isAnswer(row) && holdsAnswer(row, answer))) {
      return Number(await figure.getAttribute('value'));
    }
    await delay(20);
  }
  return undefined;
}

export async function untilListening(page: Page): Promise<void> {
  await page.locator('[data-presence="listening"]').waitFor({ timeout: answerLimitMs });
}

/** The transcript as the page saves it, once the call is over. */
export async function saved(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('button', { name: 'Download' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Plain text' }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

function isAnswer(row: string): boolean {
  return row.trimStart().startsWith('Assistant: ');
}

/** Of the rows that are drawn, those that came after the first so many. */
async function rowsBehind(page: Page, before: number): Promise<string[]> {
  return page.evaluate(
    (count) =>
      [...document.querySelectorAll('[role="log"] [role="article"]')]
        .filter((row) => Number(row.getAttribute('aria-posinset')) > count)
        .map(({ textContent }) => textContent),
    before,
  );
}

async function rowCount(page: Page): Promise<number> {
  return page.evaluate(() => {
    const row = document.querySelector('[role="log"] [role="article"]');
    return Number(row?.getAttribute('aria-setsize') ?? 0);
  });
}

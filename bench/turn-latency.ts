import type { Browser } from '@playwright/test';
import { encodeWav } from '../e2e/fixtures/wav.ts';
import { Speech } from '../e2e/fixtures/speech.ts';
import { roomToken } from '../e2e/stack/tokens.ts';
import { openChromium, openPage, timeToSound, untilQuiet, untilReady } from './browser.ts';
import { joinEcho } from './echo.ts';
import { questions } from './questions.ts';
import { report, spreadOf } from './report.ts';
import { startStack, type RunningStack } from './running-stack.ts';
import { silentTailMs } from './silent-tail.ts';

/** Of all questions: twenty turns. */
const rounds = 4;
const echoes = 20;

const stack = await startStack();
const browser = await openChromium();
const speech = new Speech();
try {
  const floor = await measureEcho(browser, stack);
  const { heard, shown } = await measureTurns(browser, stack);
  const medianFloor = spreadOf(floor).median;
  const medianTurn = spreadOf(heard).median;
  await report(
    'turn-latency',
    {
      'end of speech to first sound, ms': spreadOf(heard),
      'the same as the page shows it, ms': spreadOf(shown),
      'floor: an echo over the same way, ms': spreadOf(floor),
    },
    {
      timesTheFloor: Math.round((medianTurn / medianFloor) * 10) / 10,
      turns: heard.map(Math.round),
      echoes: floor.map(Math.round),
    },
  );
} finally {
  await speech.stop();
  await browser.close();
  await stack.stop();
}

async function measureTurns(
  chromium: Browser,
  { pageUrl }: RunningStack,
): Promise<{ heard: number[]; shown: number[] }> {
  const page = await openPage(chromium, pageUrl);
  await page.goto('/');
  await page.getByRole('button', { name: 'Start talking' }).click();
  await untilReady(page);
  const heard: number[] = [];
  const shown: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const question of questions) {
      await untilQuiet(page, 1500);
      const clip = await speech.clip(question);
      heard.push(await timeToSound(page, clip, silentTailMs(clip)));
      // The transcript holds only the rows in sight, so each figure is taken while it is the last.
      const figure = page
        .getByRole('log')
        .getByRole('article')
        .filter({ has: page.locator('data') })
        .last();
      shown.push(Number(await figure.locator('data').getAttribute('value')));
    }
  }
  await page.context().close();
  return { heard, shown };
}

/** A burst of noise instead of a question, and its echo instead of an answer. */
async function measureEcho(
  chromium: Browser,
  { pageUrl, livekitUrl }: RunningStack,
): Promise<number[]> {
  const room = 'bench-echo';
  const leave = await joinEcho(livekitUrl, room);
  const page = await openPage(chromium, pageUrl);
  const token = await roomToken({ room });
  await page.goto(`/#${new URLSearchParams({ url: livekitUrl, token }).toString()}`);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await untilReady(page);
  const burst = encodeWav(
    Int16Array.from({ length: 2400 }, (_, index) => 12_000 * Math.sin((index * 2 * Math.PI) / 30)),
    24_000,
  );
  const times: number[] = [];
  for (let tries = 0; times.length < echoes && tries < 2 * echoes; tries += 1) {
    await untilQuiet(page, 700);
    // From the burst's first sample: its echo begins long before the burst has ended. One that is lost is no floor.
    const time = await timeToSound(page, burst, 100).catch(() => undefined);
    if (time !== undefined) times.push(time);
  }
  await page.context().close();
  await leave();
  return times;
}

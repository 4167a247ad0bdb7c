import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession, Page } from '@playwright/test';
import { installMicrophone } from '../e2e/audio/install.ts';
import { Speech } from '../e2e/fixtures/speech.ts';
import { readArguments } from './barge-in/arguments.ts';
import { keptDetails } from './barge-in/kept.ts';
import { openChromium, untilReady } from './browser.ts';
import { disorderIn, holdsAnswer, sumOf, type Disorder } from './long-session/sums.ts';
import { processTree, proportionalMb, workerMemory, type WorkerMemory } from './processes.ts';
import { loadNow, report, spreadOf } from './report.ts';
import { startStack } from './running-stack.ts';

const name = 'long-session';
const question = 'What is seventeen times twenty-three?';
const { numbers } = readArguments({ turns: 400, minutes: 4, 'spoken-every': 20, 'rest-s': 0 });
const { turns = 400, minutes = 4, 'rest-s': restS = 0 } = numbers;
const spokenEvery = numbers['spoken-every'] ?? 20;
/** Memory is read so often, in turns. */
const readEvery = 25;
const answerLimitMs = 15_000;

/** What everything took up after so many turns. */
interface Reading extends WorkerMemory {
  readonly turns: number;
  readonly minutes: number;
  readonly pageHeapMb: number;
  readonly pageProcessMb: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** One conversation from its first turn to its last. */
interface Session {
  readonly measuredAt: string;
  readonly load: number;
  readonly restS: number;
  readonly turns: number;
  readonly readings: readonly Reading[];
  /** From a message to the first words of its answer in the page. */
  readonly typedMs: readonly number[];
  /** From the end of a spoken question to the first sound, as the page shows it. */
  readonly spokenMs: readonly number[];
  readonly notAnswered: number;
  readonly disorder: Disorder;
}

const sessions = [...((keptDetails(name)['sessions'] as readonly Session[] | undefined) ?? [])];
const stack = await startStack();
const speech = new Speech();
const clip = await speech.clip(question);
await speech.stop();
const browser = await openChromium();
try {
  // Nothing of the tests' own ears is in this page: they keep what they have heard, and would be measured too.
  const context = await browser.newContext({ baseURL: stack.pageUrl, permissions: ['microphone'] });
  await installMicrophone(context);
  sessions.push(await talk(await context.newPage()));
} finally {
  await browser.close();
  await stack.stop();
}
await report(name, rowsOf(sessions), { sessions });

async function talk(page: Page): Promise<Session> {
  const devtools = await context(page);
  await page.goto('/');
  await page.getByRole('button', { name: 'Start talking' }).click();
  await untilReady(page);
  const beganMs = performance.now();
  const readings: Reading[] = [];
  const typedMs: number[] = [];
  const spokenMs: number[] = [];
  let notAnswered = 0;
  let turn = 0;
  const minutesGone = (): number => (performance.now() - beganMs) / 60_000;
  for (; turn < turns && minutesGone() < minutes; turn += 1) {
    if (turn % readEvery === 0) readings.push(await read(devtools, turn, minutesGone()));
    typedMs.push(await type(page, turn));
    if (turn % spokenEvery === spokenEvery - 1) {
      await untilListening(page);
      const tookMs = await ask(page);
      if (tookMs === undefined) notAnswered += 1;
      else spokenMs.push(tookMs);
    }
    if (restS > 0) {
      await untilListening(page);
      await delay(restS * 1000);
    }
  }
  await untilListening(page);
  readings.push(await read(devtools, turn, minutesGone()));
  return {
    measuredAt: new Date().toISOString(),
    load: loadNow(),
    restS,
    turns: turn,
    readings,
    typedMs: typedMs.map(Math.round),
    spokenMs,
    notAnswered,
    disorder: disorderIn(await saved(page), turn),
  };
}

/** Types a sum and resolves with the ms to the first words of its answer, into which the next message falls. */
async function type(page: Page, turn: number): Promise<number> {
  const { question: text } = sumOf(turn);
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.fill(text);
  const sentAtMs = performance.now();
  await box.press('Enter');
  const deadlineMs = sentAtMs + answerLimitMs;
  for (;;) {
    const rows = await latestRows(page);
    const asked = rows.findLastIndex((row) => row.includes(text));
    if (asked !== -1 && rows.slice(asked).some(isAnswer)) break;
    if (performance.now() > deadlineMs) throw new Error(`“${text}” was not answered.`);
    await delay(10);
  }
  return performance.now() - sentAtMs;
}

/** Asks aloud, and resolves with the latency that the page shows; undefined if there was no answer. */
async function ask(page: Page): Promise<number | undefined> {
  const before = await rowCount(page);
  await page.evaluate((audio) => window.microphone.say(audio), clip.toString('base64'));
  const figure = page.getByRole('log').locator(`[role="article"]`).locator('data').last();
  const deadlineMs = performance.now() + answerLimitMs;
  while (performance.now() < deadlineMs) {
    const rows = await latestRows(page);
    if (
      (await rowCount(page)) > before &&
      rows.some((row) => isAnswer(row) && holdsAnswer(row, '391'))
    ) {
      return Number(await figure.getAttribute('value'));
    }
    await delay(20);
  }
  return undefined;
}

function isAnswer(row: string): boolean {
  return row.trimStart().startsWith('Assistant: ');
}

async function latestRows(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('[role="log"] [role="article"]')]
      .slice(-4)
      .map(({ textContent }) => textContent),
  );
}

async function rowCount(page: Page): Promise<number> {
  return page.evaluate(() => {
    const row = document.querySelector('[role="log"] [role="article"]');
    return Number(row?.getAttribute('aria-setsize') ?? 0);
  });
}

async function untilListening(page: Page): Promise<void> {
  await page.locator('[data-presence="listening"]').waitFor({ timeout: answerLimitMs });
}

async function context(page: Page): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  return devtools;
}

async function read(devtools: CDPSession, turn: number, minutesGone: number): Promise<Reading> {
  for (let pass = 0; pass < 3; pass += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const value = (metric: string): number => metrics.find((it) => it.name === metric)?.value ?? 0;
  const renderers = processTree(process.pid).filter(({ command }) =>
    command.includes('--type=renderer'),
  );
  const round = (mb: number): number => Math.round(mb * 10) / 10;
  return {
    turns: turn,
    minutes: round(minutesGone),
    ...workerMemory(stack.pid),
    pageHeapMb: round(value('JSHeapUsedSize') / 1e6),
    pageProcessMb: round(Math.max(...renderers.map(({ pid }) => proportionalMb(pid)))),
    nodes: value('Nodes'),
    listeners: value('JSEventListeners'),
  };
}

/** The transcript as the page saves it, once the call is over. */
async function saved(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('button', { name: 'Download' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Plain text' }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

function rowsOf(all: readonly Session[]): Record<string, object> {
  const rows: Record<string, object> = {};
  for (const { measuredAt, turns: count, readings, typedMs, spokenMs, disorder } of all) {
    const tenth = Math.max(1, Math.floor(typedMs.length / 10));
    const medians = [typedMs.slice(0, tenth), typedMs.slice(-tenth)].map((some) => spreadOf(some));
    // The first reading is of a page and a job that have not worked yet.
    const [, first] = readings;
    const last = readings.at(-1);
    const grown = (pick: (one: Reading) => number): string =>
      first && last ? `${pick(first)} → ${pick(last)}` : '';
    rows[measuredAt] = {
      turns: count,
      minutes: last?.minutes,
      'page heap, MB': grown(({ pageHeapMb }) => pageHeapMb),
      'page process, MB': grown(({ pageProcessMb }) => pageProcessMb),
      'nodes of the page': grown(({ nodes }) => nodes),
      'engine, MB': grown(({ engineMb }) => engineMb),
      'jobs, MB': grown(({ jobsMb }) => jobsMb),
      'worker, MB': grown(({ workerMb }) => workerMb),
      'typed to words, first and last tenth, ms': medians.map(({ median }) => median).join(' → '),
      'spoken, median ms': spokenMs.length > 0 ? spreadOf(spokenMs).median : undefined,
      'lost, twice or out of order': [
        ...disorder.miscounted,
        ...disorder.misplaced,
        ...disorder.repeated,
      ].length,
      // Without rests the next message cuts most answers before their last word.
      'without the whole answer': disorder.unanswered.length,
    };
  }
  return rows;
}

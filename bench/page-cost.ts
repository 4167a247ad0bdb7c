import type { Browser, CDPSession, Page } from '@playwright/test';
import { Speech } from '../e2e/fixtures/speech.ts';
import { readArguments } from './barge-in/arguments.ts';
import { keptDetails } from './barge-in/kept.ts';
import { openRealBrowser } from './barge-in/real-browser.ts';
import { SoundRoom } from './barge-in/sound/sound-room.ts';
import { interruptions } from './barge-in/speech/utterances.ts';
import { asPcm, openInPage } from './in-page/open.ts';
import type { ListenerName } from './in-page/page/listeners.ts';
import { serveInPage, type InPageServer, type Loaded } from './in-page/serve.ts';
import { longestTaskMs } from './page-cost/longest-task.ts';
import { loadNow, report, spreadOf } from './report.ts';

const name = 'page-cost';
// A run at another speed of the processor adds to what was measured before.
const { numbers } = readArguments({ seconds: 60, throttle: 1, runs: 1 });
const { seconds = 60, throttle = 1, runs = 1 } = numbers;
/** The first is the page with its microphone and no detector: what the others are held against. */
const subjects: readonly (ListenerName | 'nothing')[] = ['nothing', 'parley', 'vad-web'];

/** What one page showed. */
interface Reading {
  readonly measuredAt: string;
  readonly load: number;
  readonly subject: (typeof subjects)[number];
  readonly throttle: number;
  /** Of the page's own thread, for each second of talk. */
  readonly mainMsPerS: number;
  readonly readyMs: number;
  readonly longestTaskAtLoadMs: number;
  readonly loaded: Loaded;
  /** Each frame's, on the page's own thread, which is the one that is slowed down. */
  readonly frameMs: number | undefined;
}

const speech = new Speech();
const said = (await interruptions(20, speech)).map(({ samples }) => samples);
await speech.stop();
const room = await SoundRoom.open();
const server = await serveInPage();
const kept = keptDetails(name)['readings'] as readonly Reading[] | undefined;
const readings = [...(kept ?? []).filter((one) => one.throttle !== throttle)];
const browser = await openRealBrowser('chromium', room.env);
try {
  for (let run = 0; run < runs; run += 1) {
    for (const subject of subjects) readings.push(await measure(browser, server, subject));
  }
} finally {
  await browser.close();
  await server.stop();
  await room.close();
}
await report(name, rowsOf(readings), { readings });

async function measure(
  chromium: Browser,
  served: InPageServer,
  subject: Reading['subject'],
): Promise<Reading> {
  const page = await openInPage(chromium, 'chromium', served.url);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  // What every page loads is not counted.
  served.loaded();
  await chromium.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  const readyMs =
    subject === 'nothing' ? 0 : await page.evaluate((it) => window.inPage.listen(it), subject);
  const longest = longestTaskMs(await chromium.stopTracing());
  const bytes = served.loaded();
  const mainMsPerS = await talk(page, devtools);
  const frameMs = subject === 'nothing' ? undefined : await frameTime(page, subject);
  await page.context().close();
  return {
    measuredAt: new Date().toISOString(),
    load: loadNow(),
    subject,
    throttle,
    mainMsPerS,
    readyMs,
    longestTaskAtLoadMs: longest,
    loaded: bytes,
    frameMs,
  };
}

/** Talks for so many seconds, without a word between the test and the page meanwhile. */
async function talk(page: Page, devtools: CDPSession): Promise<number> {
  await page.evaluate((pcm) => window.inPage.beginTalk(pcm), said.map(asPcm));
  await devtools.send('Performance.enable');
  const before = await taskSeconds(devtools);
  await page.waitForTimeout(seconds * 1000);
  const after = await taskSeconds(devtools);
  return ((after.busy - before.busy) / (after.at - before.at)) * 1000;
}

async function taskSeconds(devtools: CDPSession): Promise<{ busy: number; at: number }> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const value = (metric: string): number => metrics.find((it) => it.name === metric)?.value ?? 0;
  return { busy: value('TaskDuration'), at: value('Timestamp') };
}

async function frameTime(page: Page, subject: ListenerName): Promise<number> {
  const [first = new Float32Array()] = said;
  const times = await page.evaluate((pcm) => window.inPage.timeFrames(pcm), asPcm(first));
  return spreadOf(times[subject]).median;
}

function rowsOf(all: readonly Reading[]): Record<string, object> {
  const rows: Record<string, object> = {};
  for (const rate of new Set(all.map((one) => one.throttle))) {
    for (const subject of subjects) {
      const some = all.filter((one) => one.throttle === rate && one.subject === subject);
      const median = (pick: (one: Reading) => number): number => spreadOf(some.map(pick)).median;
      rows[`${subject}${rate === 1 ? '' : `, processor ${rate}× slower`}`] = {
        n: some.length,
        'page thread, ms per s': median(({ mainMsPerS }) => mainMsPerS),
        'ready after, ms': median(({ readyMs }) => readyMs),
        'longest task at load, ms': median(({ longestTaskAtLoadMs }) => longestTaskAtLoadMs),
        'loaded, kB': median(({ loaded }) => loaded.bytes / 1000),
        'gzipped, kB': median(({ loaded }) => loaded.gzipped / 1000),
        'frame, ms': subject === 'nothing' ? undefined : median(({ frameMs }) => frameMs ?? 0),
      };
    }
  }
  return rows;
}

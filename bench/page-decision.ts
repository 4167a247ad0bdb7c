import type { Browser } from '@playwright/test';
import { Speech } from '../e2e/fixtures/speech.ts';
import type { BrowserName } from '../server/launcher/browsers.ts';
import { readArguments } from './barge-in/arguments.ts';
import { keptDetails } from './barge-in/kept.ts';
import { openRealBrowser } from './barge-in/real-browser.ts';
import { SoundRoom } from './barge-in/sound/sound-room.ts';
import { softBeginningMs } from './barge-in/speech/active-speech.ts';
import { interruptions } from './barge-in/speech/utterances.ts';
import { wideSpreadOf } from './barge-in/spread.ts';
import { asPcm, openInPage } from './in-page/open.ts';
import { audibleFrom } from './in-page/page/audible.ts';
import type { Times } from './in-page/page/probe.ts';
import { serveInPage, type InPageServer } from './in-page/serve.ts';
import { loadNow, report } from './report.ts';

const name = 'page-decision';
const { browsers, numbers } = readArguments({ rounds: 20 });
const { rounds = 20 } = numbers;
/** How long the page is held up, of every two times as long, in ms. */
const busyMs = [0, 400];
const detectors = ['parley', 'vad-web'] as const;

interface Reading extends Times {
  readonly utterance: string;
  readonly levelDbfs: number;
  /** From its first audible sample to active speech, in ms. */
  readonly softMs: number;
}

interface Run {
  readonly measuredAt: string;
  readonly load: number;
  readonly browserName: BrowserName;
  readonly busyMs: number;
  readonly readings: readonly Reading[];
}

const speech = new Speech();
const utterances = await interruptions(rounds, speech);
await speech.stop();
const room = await SoundRoom.open();
const server = await serveInPage();
const details = keptDetails(name) as Record<string, readonly Run[]>;
try {
  for (const browserName of browsers) {
    const browser = await openRealBrowser(browserName, room.env);
    try {
      const runs: Run[] = [];
      for (const busy of busyMs) runs.push(await measure(browser, browserName, busy, server));
      details[browserName] = runs;
    } finally {
      await browser.close();
    }
  }
} finally {
  await server.stop();
  await room.close();
}
await report(name, rowsOf(Object.values(details).flat()), details);

/** Both detectors hear the same in the same page, each with a tone of its own. */
async function measure(
  browser: Browser,
  browserName: BrowserName,
  busy: number,
  { url }: InPageServer,
): Promise<Run> {
  const page = await openInPage(browser, browserName, url);
  for (const detector of detectors) await page.evaluate((it) => window.inPage.listen(it), detector);
  if (busy > 0) await page.evaluate((ms) => window.inPage.block(ms), busy);
  const readings: Reading[] = [];
  for (const { name: utterance, levelDbfs, samples } of utterances) {
    const times = await page.evaluate((pcm) => window.inPage.say(pcm), asPcm(samples));
    const softMs = softBeginningMs(samples, levelDbfs, audibleFrom);
    readings.push({ utterance, levelDbfs, softMs, ...times });
  }
  await page.context().close();
  const load = loadNow();
  return { measuredAt: new Date().toISOString(), load, browserName, busyMs: busy, readings };
}

function rowsOf(runs: readonly Run[]): Record<string, object> {
  return Object.fromEntries(
    runs.flatMap(({ browserName, busyMs: busy, readings }) => {
      const where = `${browserName}, ${busy === 0 ? 'idle' : `busy ${busy} of ${2 * busy}`} ms`;
      const row = (values: readonly (number | undefined)[]): object => {
        const found = values.flatMap((value) => value ?? []);
        return { ...wideSpreadOf(found), never: values.length - found.length };
      };
      return [
        ...detectors.map((detector) => [
          `${where}: ${detector}`,
          row(readings.map(({ silentMs }) => silentMs[detector])),
        ]),
        ...detectors.map((detector) => [
          `${where}: ${detector}, from active speech on`,
          row(readings.map(({ silentMs, softMs }) => sinceActive(silentMs[detector], softMs))),
        ]),
        [`${where}: the way through the track`, row(readings.map(({ arrivedMs }) => arrivedMs))],
      ] as [string, object][];
    }),
  );
}

function sinceActive(silentMs: number | undefined, softMs: number): number | undefined {
  return silentMs === undefined ? undefined : silentMs - softMs;
}

import { dispose } from '@livekit/rtc-node';
import type { Browser } from '@playwright/test';
import { story } from '../../agent/skills/story.ts';
import { Speech } from '../../e2e/fixtures/speech.ts';
import type { BrowserName } from '../../server/launcher/browsers.ts';
import { loadNow, report } from '../report.ts';
import type { Verdict } from '../../src/barge-in/barge-in.ts';
import { startStack, type RunningStack } from '../running-stack.ts';
import { readArguments } from './arguments.ts';
import { interrupt, type Reading } from './interrupted-replies.ts';
import { keptDetails } from './kept.ts';
import { servePages, type BenchPages } from './pages/serve.ts';
import { inEachBrowser } from './real-browser.ts';
import { SoundRoom } from './sound/sound-room.ts';
import { faintNoise } from './speech/noise.ts';
import { interruptions, samplesOfWav } from './speech/utterances.ts';
import { wideSpreadOf, type WideSpread } from './spread.ts';
import { openFloor, openParley, openStock } from './talkers.ts';
import { watched, type WatchedEvents } from './watched-detector.ts';

const name = 'barge-in-heard';
// From another round than the first on, a run adds to what was measured before: twenty rounds need not be at one time.
const { browsers, numbers } = readArguments({ rounds: 20, from: 0 });
const { rounds = 20, from = 0 } = numbers;
const floorRounds = Math.ceil(rounds / 2);
/** Of the story, about half a minute: the framework's agent says it over and over. */
const storySentences = 6;

/** Rounds of one peer before the other's turn. The framework's agent that says one thing for more than some minutes ends its process. */
const sitting = 10;

/** Nothing that hears can be so quick: the reply was in a pause when the person began. */
const impossibleMs = 40;

/** What one browser showed in one run, both peers and the floor one after the other. */
interface Run {
  readonly measuredAt: string;
  readonly load: number;
  readonly parley: readonly Reading[];
  readonly stock: readonly Reading[];
  readonly floor: readonly Reading[];
  /** For each reading: when, after the first sample of speech, the decisive frame was taken in, and its age by then. */
  readonly decisions: readonly (readonly {
    readonly verdict: Verdict;
    readonly capturedAfterMs: number;
    readonly ageMs: number;
  }[])[];
  readonly frameAgeMs: WideSpread;
}

const details = keptDetails(name) as Record<string, readonly Run[]>;
const room = await SoundRoom.open();
const speech = new Speech();
const utterances = (await interruptions(from + rounds, speech)).slice(from);
const told = samplesOfWav(await speech.clip(beginningOfStory()));
await speech.stop();
const stack = await startStack();
const pages = await servePages(['stock', 'floor'], ['floor.worklet']);
const hush = room.hum(faintNoise(-66));
try {
  await inEachBrowser(browsers, room.env, async (browser, browserName) => {
    const run = await measure(browser, browserName, { room, stack, pages });
    details[browserName] = [...(from > 0 ? (details[browserName] ?? []) : []), run];
  });
} finally {
  hush();
  await pages.stop();
  await stack.stop();
  await room.close();
  // Nobody can join a room again after this, so it comes last.
  await dispose();
}
await report(name, rowsOf(details), details);

async function measure(
  browser: Browser,
  browserName: BrowserName,
  at: { room: SoundRoom; stack: RunningStack; pages: BenchPages },
): Promise<Run> {
  const floorTalker = await openFloor(browser, browserName, at.pages);
  const floor = await interrupt(at.room, floorTalker, utterances.slice(0, floorRounds));
  await floorTalker.close();

  const samples = Int16Array.from(told.samples, (sample) => sample * 0x7fff);
  const speech = { samples, rateHz: told.rateHz };
  const parley: Reading[] = [];
  const stock: Reading[] = [];
  const decisions: Run['decisions'][number][] = [];
  const frameAgesMs: number[] = [];
  for (let start = 0; start < utterances.length; start += sitting) {
    const part = utterances.slice(start, start + sitting);
    const parleyTalker = await openParley(browser, browserName, at.stack);
    const readings = await interrupt(at.room, parleyTalker, part);
    const events = await watched(parleyTalker.page);
    await parleyTalker.close();
    parley.push(...readings);
    decisions.push(...decisionsOf(readings, events));
    frameAgesMs.push(...events.frames.map(({ ageMs }) => ageMs));

    const stockTalker = await openStock(browser, browserName, at.stack, at.pages, speech);
    stock.push(...(await interrupt(at.room, stockTalker, part)));
    await stockTalker.close();
  }
  return {
    measuredAt: new Date().toISOString(),
    load: loadNow(),
    parley,
    stock,
    floor,
    decisions,
    frameAgeMs: wideSpreadOf(frameAgesMs),
  };
}

/** Of each reading, all that was decided while the person spoke and a moment longer. */
function decisionsOf(readings: readonly Reading[], { verdicts }: WatchedEvents): Run['decisions'] {
  return readings.map(({ saidAtMs }) =>
    verdicts
      .map(({ verdict, atMs, ageMs }) => ({ verdict, capturedAfterMs: atMs - saidAtMs, ageMs }))
      .filter(({ capturedAfterMs }) => capturedAfterMs > 0 && capturedAfterMs < 5000),
  );
}

function rowsOf(measured: Readonly<Record<string, readonly Run[]>>): Record<string, object> {
  const rows: Record<string, object> = {};
  for (const [browserName, runs] of Object.entries(measured)) {
    const ours = row(runs.flatMap(({ parley }) => parley));
    const theirs = row(runs.flatMap(({ stock }) => stock));
    const share = ours.median / theirs.median;
    rows[`${browserName}, Parley, ms`] = { ...ours, 'of stock': Math.round(share * 100) / 100 };
    rows[`${browserName}, stock, ms`] = theirs;
    rows[`${browserName}, floor, ms`] = row(runs.flatMap(({ floor }) => floor));
  }
  return rows;
}

/** A reply that went on is not left out: it is counted beside the spread of the others. So is one that paused by itself. */
function row(readings: readonly Reading[]): WideSpread & { wentOn: number; paused: number } {
  const ended = readings.flatMap(({ silentAfterMs }) => silentAfterMs ?? []);
  const cut = ended.filter((afterMs) => afterMs >= impossibleMs);
  return {
    ...wideSpreadOf(cut),
    wentOn: readings.length - ended.length,
    paused: ended.length - cut.length,
  };
}

function beginningOfStory(): string {
  return story.text
    .split(/(?<=\.) /)
    .slice(0, storySentences)
    .join(' ');
}

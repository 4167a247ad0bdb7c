import type { Browser } from '@playwright/test';
import { Speech } from '../../e2e/fixtures/speech.ts';
import type { BrowserName } from '../../server/launcher/browsers.ts';
import { readArguments } from '../barge-in/arguments.ts';
import { interrupt, type Reading } from '../barge-in/interrupted-replies.ts';
import { keptDetails } from '../barge-in/kept.ts';
import { inEachBrowser } from '../barge-in/real-browser.ts';
import { SoundRoom } from '../barge-in/sound/sound-room.ts';
import { faintNoise } from '../barge-in/speech/noise.ts';
import { interruptions, type Utterance } from '../barge-in/speech/utterances.ts';
import { openParley } from '../barge-in/talkers.ts';
import { watched, type WatchedEvents } from '../barge-in/watched-detector.ts';
import type { Verdict } from '../../src/barge-in/barge-in.ts';
import { loadNow, report, spreadOf } from '../report.ts';
import { startStack, type RunningStack } from '../running-stack.ts';
import { loweredStretches, type LoweredStretch } from './lowered-stretches.ts';
import { measuredEcho, type MeasuredEcho } from './measured-echo.ts';
import { StoryTold, type Transcript } from './story-told.ts';
import { decidedIn, type Decided } from './verdicts.ts';
import { leadBack } from './way-back.ts';

const name = 'self-interruption-heard';
/** `--loss 12` measures one level alone; others are kept as they were measured before. `--more 1` adds to the same level. */
const { browsers, numbers } = readArguments({ minutes: 10, people: 8, loss: 0, more: 0 });
const { minutes = 10, people = 8, loss = 0, more = 0 } = numbers;
const lossesDb = loss > 0 ? [loss] : [30, 20, 12, 6];
/** Each is a session of its own; a level that gets less than two minutes for each gets fewer of them. */
const delaysMs = [200, 140, 90, 40];
const leastMinutes = 2;
/** Of what a person says over it, in dBFS at the microphone. */
const personDbfs = -24;

/** One stay: first the assistant alone with its echo, then a person who cuts in again and again. */
interface Session {
  readonly measuredAt: string;
  readonly load: number;
  readonly delayMs: number;
  readonly echo: MeasuredEcho | undefined;
  readonly minutes: number;
  readonly alone: Decided;
  /** In ms since the page was there. */
  readonly verdicts: readonly { readonly verdict: Verdict; readonly atMs: number }[];
  readonly leak: Leak;
  readonly lowered: readonly LoweredStretch[];
  readonly transcript: Transcript;
  readonly readings: readonly Reading[];
  /** Attempts of the person that could not be read: the assistant did not speak, or the person is not in the recording. */
  readonly unread: readonly string[];
}

/** What the echo canceller let through while nobody spoke: frames of 32 ms. */
interface Leak {
  readonly frames: number;
  readonly likeSpeech: number;
  /** Of these, how many the page took for echo. */
  readonly knownAsEcho: number;
}

type Levels = Record<string, readonly Session[]>;

const details = keptDetails(name) as Record<string, Levels>;
const room = await SoundRoom.open();
const speech = new Speech();
const utterances = (await interruptions(2 * people, speech))
  .filter(({ voice }) => voice === 'human')
  .map(atOneLevel);
await speech.stop();
const stack = await startStack();
const hush = room.hum(faintNoise(-66));
try {
  await inEachBrowser(browsers, room.env, async (browser, browserName) => {
    for (const lossDb of lossesDb) {
      const level = `-${lossDb} dB`;
      let sessions: readonly Session[] = more > 0 ? (details[browserName]?.[level] ?? []) : [];
      for (const delayMs of delaysFor(lossDb)) {
        const way = { gainDb: -lossDb, delayMs };
        sessions = [...sessions, await stay(browser, browserName, stack, way)];
        details[browserName] = { ...details[browserName], [level]: sessions };
        // A run that is cut short leaves the figures that it has.
        await report(name, rowsOf(details), details);
      }
    }
  });
} finally {
  hush();
  await stack.stop();
  await room.close();
}

/** A short run takes one delay for each level, another one each time. */
function delaysFor(lossDb: number): readonly number[] {
  const count = Math.max(1, Math.min(delaysMs.length, Math.floor(minutes / leastMinutes)));
  const first = [30, 20, 12, 6].indexOf(lossDb);
  return Array.from({ length: count }, (_, i) => delaysMs[(Math.max(0, first) + i) % 4] ?? 0);
}

async function stay(
  browser: Browser,
  browserName: BrowserName,
  at: RunningStack,
  way: { gainDb: number; delayMs: number },
): Promise<Session> {
  const release = await leadBack(room, way);
  const talker = await openParley(browser, browserName, at);
  try {
    const story = new StoryTold(talker.page);
    const sessionMinutes = minutes / delaysFor(-way.gainDb).length;
    const pageAtMs = Date.now();
    await story.ask();
    const recorder = await room.record();
    await story.goOnFor(Math.min(20_000, sessionMinutes * 60_000));
    const echo = measuredEcho(await recorder.stop());
    await story.goOnFor(Math.max(0, sessionMinutes * 60_000 - (Date.now() - pageAtMs)));
    const { verdicts, frames }: WatchedEvents = await watched(talker.page);
    const transcript = await story.transcript();
    const { readings, unread } = await peopleCutIn(talker);
    return {
      measuredAt: new Date().toISOString(),
      load: loadNow(),
      delayMs: way.delayMs,
      echo,
      minutes: sessionMinutes,
      alone: decidedIn(verdicts),
      verdicts: verdicts.map(({ verdict, atMs }) => ({
        verdict,
        atMs: Math.round(atMs - pageAtMs),
      })),
      leak: leakIn(frames),
      lowered: loweredStretches(frames),
      transcript,
      readings,
      unread,
    };
  } finally {
    await talker.close();
    await release();
  }
}

/** One after the other, so that an attempt which cannot be read costs no other. */
async function peopleCutIn(
  talker: Parameters<typeof interrupt>[1],
): Promise<{ readings: Reading[]; unread: string[] }> {
  const readings: Reading[] = [];
  const unread: string[] = [];
  for (const utterance of utterances) {
    try {
      readings.push(...(await interrupt(room, talker, [utterance])));
    } catch (error) {
      unread.push(`${utterance.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { readings, unread };
}

function leakIn(frames: WatchedEvents['frames']): Leak {
  const likeSpeech = frames.filter(({ probability }) => probability >= 0.5);
  return {
    frames: frames.length,
    likeSpeech: likeSpeech.length,
    knownAsEcho: likeSpeech.filter(({ isEcho }) => isEcho).length,
  };
}

function atOneLevel(utterance: Utterance): Utterance {
  const gain = 10 ** ((personDbfs - utterance.levelDbfs) / 20);
  const samples = utterance.samples.map((sample) => sample * gain);
  return { ...utterance, levelDbfs: personDbfs, samples };
}

function rowsOf(measured: Readonly<Record<string, Levels>>): Record<string, object> {
  const rows: Record<string, object> = {};
  for (const [browserName, levels] of Object.entries(measured)) {
    const softestFirst = Object.entries(levels).sort(([a], [b]) => parseFloat(a) - parseFloat(b));
    for (const [level, sessions] of softestFirst) {
      const sum = (pick: (one: Session) => number): number =>
        Math.round(sessions.reduce((total, one) => total + pick(one), 0) * 10) / 10;
      const readings = sessions.flatMap((one) => one.readings);
      const after = readings.flatMap(({ silentAfterMs }) => silentAfterMs ?? []);
      rows[`${browserName}, ${level}`] = {
        'minutes alone': sum((one) => one.minutes),
        // A cut by the page and one by the agent alone both stand in the transcript.
        'cut itself off': sum((one) => Math.max(one.alone.cut, one.transcript.cut)),
        'of which by the page': sum(({ alone }) => alone.cut),
        'words of its own heard': sum((one) => one.transcript.wordsHeard.length),
        'lowered itself': sum(({ alone }) => alone.lowered),
        'ms silenced': sum(({ alone }) => alone.silencedMs),
        'person spoke': readings.length,
        'silent for them': after.length,
        ...(after.length > 0 && {
          'after, p50 ms': spreadOf(after).median,
          'after, p90 ms': spreadOf(after).p90,
        }),
      };
    }
  }
  return rows;
}

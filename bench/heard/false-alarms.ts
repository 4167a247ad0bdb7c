import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import type { BrowserName } from '../../server/launcher/browsers.ts';
import { frameRateHz } from '../../vad/silero/frame.ts';
import { readArguments } from '../barge-in/arguments.ts';
import { quietest } from '../barge-in/interrupted-replies.ts';
import { keptDetails } from '../barge-in/kept.ts';
import { inEachBrowser } from '../barge-in/real-browser.ts';
import { soundedMs } from '../barge-in/sound/moments.ts';
import type { Recorder } from '../barge-in/sound/recorder.ts';
import { roomRateHz, SoundRoom } from '../barge-in/sound/sound-room.ts';
import { faintNoise } from '../barge-in/speech/noise.ts';
import { openParley } from '../barge-in/talkers.ts';
import { watched } from '../barge-in/watched-detector.ts';
import { loadNow, report } from '../report.ts';
import { startStack, type RunningStack } from '../running-stack.ts';
import { atLevel, looped } from '../sounds/level.ts';
import { resampled } from '../sounds/resampled.ts';
import { seeded } from '../sounds/seeded.ts';
import { soundsOfTheRoom } from '../simulated/sounds-of-the-room.ts';
import { StoryTold } from './story-told.ts';
import { decidedIn, type Decided } from './verdicts.ts';

const name = 'false-alarms-heard';
/** Events in all; and so many s of each kind of surroundings at each level. 0 leaves either out. */
const { browsers, numbers } = readArguments({ events: 200, seconds: 50 });
const { events: eventCount = 200, seconds = 50 } = numbers;
const eventDbfs = [-36, -28, -20];
const surroundingDbfs = [-50, -40, -30];
/** After so many events the page is left and opened anew, so that its transcript stays in view. */
const eventsOfASession = 50;
/** By default nobody is let in during the first three seconds of a reply. */
const earliestMs = 3200;
/** What an event leads to is done after so long, in ms: words take the longest. */
const afterwardsMs = 2500;
const startLimitMs = 8000;

/** What the person's side of the room sounds like for a while. 48 kHz. */
interface Scene {
  readonly kind: string;
  readonly levelDbfs: number;
  readonly sound: Float32Array;
}

interface Judged extends Decided {
  readonly kind: string;
  readonly levelDbfs: number;
  readonly seconds: number;
  /** Dropped for good, by the page or by the agent alone. */
  readonly lost: boolean;
  /** What the recogniser made of it. */
  readonly wordsHeard: readonly string[];
  /** The loudest 8 ms of the microphone as the page got it, RMS in [0, 1]. */
  readonly heardRms: number;
}

interface Run {
  readonly measuredAt: string;
  readonly load: number;
  readonly judged: readonly Judged[];
}

const kinds = await soundsOfTheRoom();
/** A part that is not asked for this time is kept as it was measured before. */
const parts: Readonly<Record<string, readonly Scene[]>> = {
  events: events(),
  surroundings: surroundings(),
};
const details = keptDetails(name) as Record<string, Readonly<Record<string, Run>>>;
const room = await SoundRoom.open();
const stack = await startStack();
const hush = room.hum(faintNoise(-66));
try {
  await inEachBrowser(browsers, room.env, async (browser, browserName) => {
    for (const [part, scenes] of Object.entries(parts)) {
      if (scenes.length === 0) continue;
      for await (const run of measure(browser, browserName, scenes)) {
        details[browserName] = { ...details[browserName], [part]: run };
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

/** All that was measured so far, after each session. */
async function* measure(
  browser: Browser,
  browserName: BrowserName,
  scenes: readonly Scene[],
): AsyncGenerator<Run> {
  const judged: Judged[] = [];
  for (let from = 0; from < scenes.length; from += eventsOfASession) {
    const some = scenes.slice(from, from + eventsOfASession);
    judged.push(...(await stay(browser, browserName, stack, some)));
    yield { measuredAt: new Date().toISOString(), load: loadNow(), judged: [...judged] };
  }
}

/** Kinds and levels by turns, so that few events hold some of each. */
function events(): Scene[] {
  const random = seeded(2026);
  const makers = Object.entries(kinds.events);
  return Array.from({ length: eventCount }, (_, index) => {
    const [kind, make] = makers[index % makers.length] ?? ['', () => new Float32Array()];
    const levelDbfs = eventDbfs[Math.floor(index / makers.length) % eventDbfs.length] ?? 0;
    return { kind, levelDbfs, sound: atRoomRate(atLevel(make(random), levelDbfs)) };
  });
}

function surroundings(): Scene[] {
  if (seconds === 0) return [];
  return Object.entries(kinds.surroundings(seconds, seeded(7))).flatMap(([kind, noise]) =>
    surroundingDbfs.map((levelDbfs) => {
      const sound = atLevel(looped(noise, seconds * frameRateHz), levelDbfs);
      return { kind, levelDbfs, sound: atRoomRate(sound) };
    }),
  );
}

function atRoomRate(samples: Float32Array): Float32Array {
  return resampled(samples, frameRateHz, roomRateHz);
}

/** One conversation in which the assistant tells its story, over and over, and nobody cuts in. */
async function stay(
  browser: Browser,
  browserName: BrowserName,
  at: RunningStack,
  some: readonly Scene[],
): Promise<Judged[]> {
  const talker = await openParley(browser, browserName, at);
  const story = new StoryTold(talker.page);
  const recorder = await room.record();
  const judged: Judged[] = [];
  try {
    let isLost = true;
    for (const { kind, levelDbfs, sound } of some) {
      if (isLost || !(await story.goesOn())) await story.ask();
      await delay(Math.max(0, earliestMs - story.goneOnForMs));
      await untilSounding(recorder, story);
      const before = await story.transcript();
      await watched(talker.page);
      await room.say(sound);
      await delay(afterwardsMs);
      const { verdicts, frames } = await watched(talker.page);
      const decided = decidedIn(verdicts);
      const after = await story.transcript();
      isLost = decided.cut > 0 || after.cut > before.cut;
      judged.push({
        kind,
        levelDbfs,
        seconds: sound.length / roomRateHz,
        ...decided,
        lost: isLost,
        wordsHeard: after.wordsHeard.filter((words) => !before.wordsHeard.includes(words)),
        heardRms: Math.max(0, ...frames.map(({ heardRms }) => heardRms)),
      });
    }
    return judged;
  } finally {
    await recorder.stop();
    await talker.close();
  }
}

/** What happens in a pause between two stories, or while nothing is said, would be no test. */
async function untilSounding(recorder: Recorder, story: StoryTold): Promise<void> {
  const deadlineMs = performance.now() + 2 * startLimitMs;
  const windowMs = 1000;
  const recent = (): Int16Array => recorder.recentSpeaker((windowMs * roomRateHz) / 1000);
  while (soundedMs(recent(), quietest) < 0.7 * windowMs) {
    if (performance.now() > deadlineMs) throw new Error('The assistant is not heard.');
    if (!(await story.goesOn())) await story.ask();
    await delay(20);
  }
}

function rowsOf(
  measured: Readonly<Record<string, Readonly<Record<string, Run>>>>,
): Record<string, object> {
  const rows: Record<string, object> = {};
  for (const [browserName, runs] of Object.entries(measured)) {
    const judged = Object.values(runs).flatMap((run) => run.judged);
    for (const kind of new Set(judged.map((one) => one.kind))) {
      const some = judged.filter((one) => one.kind === kind);
      const sum = (pick: (one: Judged) => number): number =>
        Math.round(some.reduce((total, one) => total + pick(one), 0));
      rows[`${browserName}, ${kind}`] = {
        n: some.length,
        seconds: sum((one) => one.seconds),
        lowered: sum((one) => one.lowered),
        'replies lost': some.filter(({ lost }) => lost).length,
        'ms silenced': sum(({ silencedMs }) => silencedMs),
        'words heard': sum(({ wordsHeard }) => wordsHeard.length),
      };
    }
  }
  return rows;
}

import { packedWeights } from '../vad/packing/vite-plugin.ts';
import { frameRateHz } from '../vad/silero/frame.ts';
import { unpack } from '../vad/silero/parameters.ts';
import { speechIn } from './quality/labels.ts';
import { humanReadings } from './quality/recordings.ts';
import { report, spreadOf } from './report.ts';
import { EchoPath } from './simulated/echo-path.ts';
import { spokenReply } from './simulated/reply.ts';
import { SimulatedRoom, type Decision } from './simulated/room.ts';
import { atLevel, mixInto } from './sounds/level.ts';

const gainsDb = [-30, -20, -12, -6];
const delaysMs = [40, 90, 140, 200];
/** Each gain for ten minutes in all, a session of its own for each delay. */
const alone = (10 * 60) / delaysMs.length;
/** What is said over it is as loud at the microphone as this, in dBFS; the assistant is at -20 before its way back. */
const personDbfs = -24;
/** The echo is known by then, in s; and so far lie two interruptions apart. */
const settledS = 20;
const apartS = 12;
/** Shorter phrases are no interruption, in s. */
const shortestS = 0.9;

interface Phrase {
  readonly fromMs: number;
  readonly toMs: number;
}

const weights = unpack((await packedWeights()).buffer);
const reply = await spokenReply();
const phrases = Object.values(await humanReadings()).flatMap((reading) =>
  speechIn(reading)
    .filter(({ from, to }) => to - from >= shortestS * frameRateHz)
    .map(({ from, to }) => atLevel(reading.slice(from, to), personDbfs)),
);

const rows: Record<string, object> = {};
const details: Record<string, object> = {};
for (const gainDb of gainsDb) {
  const quiet = delaysMs.map((delayMs) => ({ delayMs, ...echoAlone(gainDb, delayMs) }));
  const talks = delaysMs.map((delayMs) => ({ delayMs, ...personOverEcho(gainDb, delayMs) }));
  const sum = (pick: (one: (typeof quiet)[number]) => number): number =>
    Math.round(quiet.reduce((total, one) => total + pick(one), 0));
  const lowered = talks.flatMap(({ loweredMs }) => loweredMs);
  const cut = talks.flatMap(({ cutMs }) => cutMs);
  rows[`${gainDb} dB`] = {
    'minutes alone': sum(({ minutes }) => minutes * 100) / 100,
    'cut itself off': sum((one) => one.decisions.filter(isCut).length),
    'lowered itself': sum((one) => one.decisions.filter(isDuck).length),
    's silenced': sum(({ silencedMs }) => silencedMs / 1000),
    'person spoke': talks.reduce((total, { spoke }) => total + spoke, 0),
    'lowered for them': lowered.length,
    'after, p50 ms': lowered.length > 0 ? spreadOf(lowered).median : undefined,
    'after, p90 ms': lowered.length > 0 ? spreadOf(lowered).p90 : undefined,
    'cut for them': cut.length,
    'cut after, p50 ms': cut.length > 0 ? spreadOf(cut).median : undefined,
  };
  details[`${gainDb} dB`] = { quiet, talks };
}
await report('self-interruption', rows, details);

/** Nobody speaks: whatever is decided is wrong. */
function echoAlone(
  gainDb: number,
  delayMs: number,
): { minutes: number; decisions: readonly Decision[]; silencedMs: number } {
  const room = roomWith(gainDb, delayMs);
  const { decisions, silencedMs } = room.run(new Float32Array(alone * frameRateHz));
  return { minutes: alone / 60, decisions, silencedMs };
}

/** Somebody cuts in again and again, once the echo is known. */
function personOverEcho(
  gainDb: number,
  delayMs: number,
): { spoke: number; loweredMs: number[]; cutMs: number[] } {
  const sound = new Float32Array((settledS + phrases.length * apartS) * frameRateHz);
  const said = phrases.map((phrase, index): Phrase => {
    const at = Math.round((settledS + index * apartS) * frameRateHz);
    mixInto(sound, phrase, at);
    const fromMs = (at / frameRateHz) * 1000;
    return { fromMs, toMs: fromMs + (phrase.length / frameRateHz) * 1000 };
  });
  const { decisions } = roomWith(gainDb, delayMs).run(sound);
  const after = (which: (it: Decision) => boolean): number[] =>
    said.flatMap(({ fromMs, toMs }) => {
      const first = decisions.find((it) => which(it) && it.atMs >= fromMs && it.atMs < toMs + 300);
      return first ? [first.atMs - fromMs] : [];
    });
  return { spoke: said.length, loweredMs: after(isDuck), cutMs: after(isCut) };
}

function roomWith(gainDb: number, delayMs: number): SimulatedRoom {
  const echo = new EchoPath({ gainDb, delayMs });
  return new SimulatedRoom({ weights, sensitivity: 'normal', reply, echo });
}

function isCut({ verdict }: Decision): boolean {
  return verdict === 'confirm';
}

function isDuck({ verdict }: Decision): boolean {
  return verdict === 'duck';
}

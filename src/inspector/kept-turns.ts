import type { ProbabilityPoint } from './probability-trace.ts';
import { mostSpans, type Turn, type TurnRecords, type WordsVersion } from './records.ts';
import { startOf } from './time-line.ts';

/** How likely speech was: the highest, in per cent, of each tenth of a second that begins at a time in ms since the epoch. */
export interface KeptCurve {
  readonly atMs: readonly number[];
  readonly percent: readonly number[];
}

/** The turns of a conversation as they are kept with it. */
export interface KeptTurns {
  readonly records: TurnRecords;
  /** Empty where nobody looked while it went on. */
  readonly curve: KeptCurve;
}

/** So much is kept of one conversation, counted as JSON in UTF-16 code units; the oldest turns are left out beyond it. */
export const longestKept = 1_500_000;
const mostTurns = 300;
const mostVersions = 20;
const longestInterim = 300;
const curveStepMs = 100;

/** What is kept of the turns so far: the newest of them, without what only a running conversation needs. */
export function keptTurns(records: TurnRecords, points: readonly ProbabilityPoint[]): KeptTurns {
  return bounded({
    records: {
      ...records,
      turns: records.turns.map(keptTurn),
      pending: [],
      // An agent of which no message has come has told no times either; JSON knows no infinity.
      clocks: records.clocks.map((behindMs) => (Number.isFinite(behindMs) ? behindMs : 0)),
    },
    curve: curveOf(points),
  });
}

/** The turns of two stays in one conversation, as those of one. */
export function joinedTurns(earlier: KeptTurns, later: KeptTurns): KeptTurns {
  const { records: before, curve } = earlier;
  const { records: after } = later;
  const numbers = before.turns.at(-1)?.number ?? 0;
  const clocks = before.clocks.length;
  return bounded({
    records: {
      turns: [
        ...before.turns,
        ...after.turns.map((turn) => ({
          ...turn,
          number: turn.number + numbers,
          clock: turn.clock + clocks,
        })),
      ],
      pending: [],
      clocks: [...before.clocks, ...after.clocks],
      provider: after.provider ?? before.provider,
      speech: [...before.speech, ...after.speech].slice(-mostSpans),
      sound: [...before.sound, ...after.sound].slice(-mostSpans),
      acts: [
        ...before.acts,
        ...after.acts.map((act) => ({ ...act, turn: act.turn + numbers })),
      ].slice(-mostSpans),
      gate: [...before.gate, ...after.gate].slice(-mostSpans),
    },
    curve: {
      atMs: [...curve.atMs, ...later.curve.atMs],
      percent: [...curve.percent, ...later.curve.percent],
    },
  });
}

/** The curve as the views take it. */
export function pointsOf({ atMs, percent }: KeptCurve): ProbabilityPoint[] {
  return atMs.map((ms, index) => ({ atMs: ms, probability: (percent[index] ?? 0) / 100 }));
}

function keptTurn(turn: Turn): Turn {
  return {
    ...turn,
    segments: {},
    replySegments: [],
    words: turn.words.map(keptWords).slice(-mostVersions),
  };
}

function keptWords(words: WordsVersion): WordsVersion {
  return words.final ? words : { ...words, text: words.text.slice(0, longestInterim) };
}

function bounded(kept: KeptTurns): KeptTurns {
  let most = Math.min(mostTurns, kept.records.turns.length);
  let newest = since(kept, most);
  while (most > 1 && JSON.stringify(newest).length > longestKept) {
    most = Math.floor(most / 2);
    newest = since(kept, most);
  }
  return newest;
}

/** The newest turns, and of the rest what is no older than they are. */
function since({ records, curve }: KeptTurns, most: number): KeptTurns {
  const turns = records.turns.slice(-most);
  const [first] = turns;
  if (!first || turns.length === records.turns.length) return { records, curve };
  const fromMs = startOf(records, first);
  const place = curve.atMs.findIndex((ms) => ms >= fromMs);
  const from = place < 0 ? curve.atMs.length : place;
  const lasting = ({ toMs }: { toMs?: number }): boolean => (toMs ?? Infinity) >= fromMs;
  return {
    records: {
      ...records,
      turns,
      speech: records.speech.filter(lasting),
      sound: records.sound.filter(lasting),
      acts: records.acts.filter(({ atMs }) => atMs >= fromMs),
      gate: records.gate.filter(lasting),
    },
    curve: { atMs: curve.atMs.slice(from), percent: curve.percent.slice(from) },
  };
}

function curveOf(points: readonly ProbabilityPoint[]): KeptCurve {
  const highest = new Map<number, number>();
  for (const { atMs, probability } of points) {
    const step = Math.round(atMs / curveStepMs) * curveStepMs;
    highest.set(step, Math.max(highest.get(step) ?? 0, Math.round(probability * 100)));
  }
  return { atMs: [...highest.keys()], percent: [...highest.values()] };
}

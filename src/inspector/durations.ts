import { toPageMs } from './clocks.ts';
import type { Turn, TurnRecords } from './records.ts';
import { speechEndOf } from './time-line.ts';

/** What is measured of a turn, in ms. */
export const durationNames = [
  'answer',
  'endOfTurn',
  'firstToken',
  'firstSound',
  'wayToPage',
  'tools',
  'cut',
] as const;
export type DurationName = (typeof durationNames)[number];
export type Durations = Readonly<Partial<Record<DurationName, number>>>;

/**
 * How long each part took. `answer` is from the end of speech to the first sound, both in the page; `endOfTurn` from the
 * same end to the agent's decision; `firstToken` and `firstSound` from that decision, negative where a reply was made ahead
 * of it; `wayToPage` from the agent's first sound to the page's; `cut` from the first sound of speech that cut in, as the
 * page hears it, until the reply was dropped.
 */
export function durationsOf(records: TurnRecords, turn: Turn): Durations {
  const { clocks } = records;
  const page = (agentMs: number | undefined): number | undefined =>
    agentMs === undefined ? undefined : toPageMs(clocks, { clock: turn.clock, agentMs });
  const askedMs = turn.via === 'text' ? turn.openedAtMs : speechEndOf(records, turn);
  const decidedMs = page(turn.turnEndedAtMs);
  const tokenMs = page(turn.firstTokenAtMs);
  const soundMs = page(turn.sound[0]?.fromMs);
  const decisionOrTyped = decidedMs ?? (turn.via === 'text' ? turn.openedAtMs : undefined);
  const asked = turn.via === 'assistant' ? undefined : askedMs;
  const measured: Record<DurationName, number | undefined> = {
    answer: turn.latencyMs ?? between(asked, turn.heardAtMs),
    endOfTurn: turn.via === 'voice' ? between(askedMs, decidedMs) : undefined,
    firstToken: between(decisionOrTyped, tokenMs),
    firstSound: between(decisionOrTyped, soundMs),
    wayToPage: between(soundMs, turn.heardAtMs),
    tools: toolsMs(turn),
    cut: cutMs(records, turn),
  };
  return Object.fromEntries(
    durationNames.flatMap((name) => {
      const ms = measured[name];
      return ms === undefined ? [] : [[name, Math.round(ms)]];
    }),
  );
}

function between(fromMs: number | undefined, toMs: number | undefined): number | undefined {
  return fromMs === undefined || toMs === undefined ? undefined : toMs - fromMs;
}

function toolsMs({ tools }: Turn): number | undefined {
  const done = tools.flatMap(({ startedAtMs, finishedAtMs }) =>
    finishedAtMs === undefined ? [] : [finishedAtMs - startedAtMs],
  );
  return done.length === 0 ? undefined : done.reduce((sum, ms) => sum + ms, 0);
}

/** Only where speech cut: a button has no first sound. */
function cutMs({ acts }: TurnRecords, { number, cut }: Turn): number | undefined {
  if (cut?.by !== 'speech') return undefined;
  return acts.findLast(({ turn, act }) => turn === number && act === 'confirm')?.sinceOnsetMs;
}

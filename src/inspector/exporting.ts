import type { Price } from '../usage/prices.ts';
import { tokensOf } from '../usage/turns.ts';
import { durationNames, durationsOf } from './durations.ts';
import { spreadsByProvider } from './percentiles.ts';
import type { ProbabilityTrace } from './probability-trace.ts';
import type { Turn, TurnRecords } from './records.ts';
import { timeLineOf } from './time-line.ts';
import { costOfTurn, usageOfTurn } from './turn-cost.ts';

interface Exported {
  readonly records: TurnRecords;
  readonly trace: ProbabilityTrace;
  readonly prices: readonly Price[];
}

/** What was said last of the person's words, in full. */
export function saidIn({ words }: Turn): string {
  return words.at(-1)?.text ?? '';
}

/** What was heard of a reply: all of it, unless it was cut. */
export function heardIn({ reply, cut }: Turn): string {
  return (cut?.heard ?? reply).trim();
}

/** Everything that is known of the turns. Times are ms since the epoch on the page's clock, money is US dollars. */
export function turnsToJson({ records, trace, prices }: Exported): string {
  const { clocks } = records;
  const turns = records.turns.map((turn) => {
    const { fromMs, toMs, marks } = timeLineOf(records, turn);
    const { number, via, provider, tools, cut, used } = turn;
    return {
      number,
      via,
      provider,
      fromMs,
      toMs,
      durationsMs: durationsOf(records, turn),
      said: saidIn(turn),
      reply: turn.reply.trim(),
      heard: heardIn(turn),
      ...(cut && { cut: { by: cut.by, unheard: cut.unheard } }),
      tools: tools.map(({ name, outcome, startedAtMs, finishedAtMs }) => ({
        name,
        outcome,
        ...(finishedAtMs !== undefined && { lastedMs: finishedAtMs - startedAtMs }),
      })),
      used,
      costUsd: dollarsOf(turn, prices),
      marks,
      speechProbability: trace.between(fromMs, toMs).map(({ atMs, probability }) => ({
        atMs: Math.round(atMs),
        probability: Number(probability.toFixed(3)),
      })),
    };
  });
  const clocksMs = clocks.map((behindMs) => (Number.isFinite(behindMs) ? behindMs : null));
  const file = {
    format: 'parley.turns',
    version: 1,
    agentClocksBehindMs: clocksMs,
    byProvider: spreadsByProvider(records),
    turns,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

const columns = [
  'turn',
  'via',
  'provider',
  'began',
  ...durationNames.map((name) => `${name}_ms`),
  'cut_by',
  'tools',
  'tokens',
  'cost_usd',
  'said',
  'heard',
  'unheard',
];

/** One line for each turn after a line of headings (RFC 4180). */
export function turnsToCsv({ records, prices }: Omit<Exported, 'trace'>): string {
  const lines = records.turns.map((turn) => {
    const durations = durationsOf(records, turn);
    const usage = usageOfTurn(turn);
    const cells = [
      turn.number,
      turn.via,
      turn.provider,
      new Date(timeLineOf(records, turn).fromMs).toISOString(),
      ...durationNames.map((name) => durations[name]),
      turn.cut?.by,
      turn.tools.map(({ name }) => name).join(' '),
      usage && tokensOf(usage),
      dollarsOf(turn, prices),
      saidIn(turn),
      heardIn(turn),
      turn.cut?.unheard,
    ];
    return cells.map(cell).join(',');
  });
  return [columns.join(','), ...lines, ''].join('\r\n');
}

function dollarsOf(turn: Turn, prices: readonly Price[]): number | undefined {
  const cost = costOfTurn(turn, prices);
  return cost === undefined ? undefined : Number(cost) / 1e12;
}

function cell(value: string | number | undefined): string {
  if (typeof value !== 'string') return value === undefined ? '' : String(value);
  // A table program would take such text for a formula, and words of a conversation come from anybody.
  const text = /^[=+\-@\t]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import { toPageMs } from './clocks.ts';
import { askedUntilMs } from './heard.ts';
import type { PageAct, Turn, TurnRecords } from './records.ts';
import { overlapping, type Span } from './spans.ts';

/** The page hears speech end before the agent hears it begin, by no more than this, in ms. */
const hearingMs = 1500;
/** Speech that the page hears for longer than this, in ms, before the agent does, is somebody else’s. */
const longestDeafMs = 10_000;
/** The last of a reply is heard after the agent has sent it, by no more than this, in ms. */
const latestMs = 1500;

/** A stretch of a turn, on the page's clock; open while it lasts. */
export interface Stretch extends Span {
  readonly lane: Lane;
  /** For tools: which. */
  readonly name?: string;
}
export const lanes = [
  'page_speech',
  'gate',
  'agent_speech',
  'tool',
  'agent_sound',
  'heard',
] as const;
export type Lane = (typeof lanes)[number];

export const markKinds = [
  'typed',
  'page_speech_began',
  'page_speech_ended',
  'gate_opened',
  'gate_closed',
  'agent_speech_began',
  'agent_speech_ended',
  'interim',
  'final',
  'turn_ended',
  'first_token',
  'tool_began',
  'tool_ended',
  'agent_sound_began',
  'agent_sound_ended',
  'reply_text',
  'heard_began',
  'heard_ended',
  'duck',
  'restore',
  'confirm',
  'silenced',
  'cut',
] as const;
export type MarkKind = (typeof markKinds)[number];

/** A moment of a turn, on the page's clock, in ms since the epoch. */
export interface Mark {
  readonly kind: MarkKind;
  readonly atMs: number;
  /** Whose clock it was read from: an agent's has the error of its mapping. */
  readonly by: 'page' | 'agent';
  /** The words, the tool, or what cut. */
  readonly detail?: string;
}

export interface TimeLine {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stretches: readonly Stretch[];
  /** In the order of time. */
  readonly marks: readonly Mark[];
}

/** All that is known of one turn, on one clock. */
export function timeLineOf(records: TurnRecords, turn: Turn): TimeLine {
  const { clocks, turns } = records;
  const toPage = (agentMs: number): number => toPageMs(clocks, { clock: turn.clock, agentMs });
  const next = turns.find(({ number }) => number === turn.number + 1);
  const untilMs = next ? startOf(records, next) : Infinity;
  const fromMs = startOf(records, turn);

  const agent = agentStretches(turn, toPage);
  const heard = heardOf(records, turn, next, toPage);
  const ownEndMs = endOf(turn, [...agent, ...heard], toPage);
  const lastMs = Math.max(fromMs, Math.min(untilMs, ownEndMs) - 1);
  const during = (spans: readonly Span[], lane: Lane): Stretch[] =>
    overlapping(spans, fromMs, lastMs).map((span) => ({ ...span, lane }));
  const stretches = [
    ...during(records.speech, 'page_speech'),
    ...during(records.gate, 'gate'),
    ...agent,
    ...heard,
  ];
  const marks = [
    ...lanes.flatMap((lane) => marksOfLane(lane, stretches)),
    ...wordMarks(turn),
    ...agentMarks(turn, toPage),
    ...records.acts.filter((act) => act.turn === turn.number).map(markOfAct),
  ]
    .filter(({ atMs }) => atMs >= fromMs)
    .sort((a, b) => a.atMs - b.atMs);
  const toMs = Math.max(fromMs + 1, ownEndMs, ...marks.map(({ atMs }) => atMs));
  return { fromMs, toMs, stretches, marks };
}

/** When the person began to speak or to wait: as the page heard it, where it did. */
export function startOf({ clocks, speech }: TurnRecords, turn: Turn): number {
  const first = turn.speech[0];
  if (!first) return turn.openedAtMs;
  const agentMs = toPageMs(clocks, { clock: turn.clock, agentMs: first.fromMs });
  const own = overlapping(speech, agentMs - hearingMs, agentMs).find(
    ({ fromMs }) => fromMs >= agentMs - longestDeafMs,
  );
  return own ? Math.min(own.fromMs, agentMs) : agentMs;
}

/** When the person had done speaking: as the page heard it, where it did. Undefined for what was not spoken. */
export function speechEndOf(records: TurnRecords, turn: Turn): number | undefined {
  if (turn.via !== 'voice') return undefined;
  const fromMs = startOf(records, turn);
  const toMs = askedUntilMs(records, turn);
  return overlapping(records.speech, fromMs, toMs).at(-1)?.toMs ?? toMs;
}

function agentStretches(turn: Turn, toPage: (ms: number) => number): Stretch[] {
  const mapped = (span: Span, lane: Lane): Stretch => ({
    lane,
    fromMs: toPage(span.fromMs),
    ...(span.toMs !== undefined && { toMs: toPage(span.toMs) }),
  });
  return [
    ...turn.speech.map((span) => mapped(span, 'agent_speech')),
    ...turn.tools.map(({ title, startedAtMs: fromMs, finishedAtMs: toMs }) => ({
      ...mapped({ fromMs, ...(toMs !== undefined && { toMs }) }, 'tool'),
      name: title,
    })),
    ...turn.sound.map((span) => mapped(span, 'agent_sound')),
  ];
}

/** The assistant's sound as it left the page, from its first of this reply until the next reply is heard. */
function heardOf(
  { sound }: TurnRecords,
  turn: Turn,
  next: Turn | undefined,
  toPage: (ms: number) => number,
): Stretch[] {
  const { heardAtMs } = turn;
  if (heardAtMs === undefined) return [];
  const silentAtMs = turn.sound.at(-1)?.toMs;
  const untilMs = silentAtMs === undefined ? Infinity : toPage(silentAtMs) + latestMs;
  return sound
    .filter(
      ({ fromMs }) =>
        fromMs >= heardAtMs && fromMs < Math.min(untilMs, next?.heardAtMs ?? Infinity),
    )
    .map((span) => ({ ...span, lane: 'heard' }));
}

function endOf(turn: Turn, stretches: readonly Stretch[], toPage: (ms: number) => number): number {
  const moments = [turn.turnEndedAtMs, turn.firstTokenAtMs, turn.cut?.atMs]
    .filter((ms) => ms !== undefined)
    .map(toPage);
  return Math.max(
    turn.openedAtMs,
    ...moments,
    ...turn.words.map(({ atMs }) => atMs),
    ...stretches.map(({ fromMs, toMs }) => toMs ?? fromMs),
  );
}

const edges = {
  page_speech: ['page_speech_began', 'page_speech_ended', 'page'],
  gate: ['gate_opened', 'gate_closed', 'agent'],
  agent_speech: ['agent_speech_began', 'agent_speech_ended', 'agent'],
  tool: ['tool_began', 'tool_ended', 'agent'],
  agent_sound: ['agent_sound_began', 'agent_sound_ended', 'agent'],
  heard: ['heard_began', 'heard_ended', 'page'],
} as const satisfies Record<Lane, readonly [MarkKind, MarkKind, Mark['by']]>;

/** Of sound, the first and the last: its pauses are for the picture. */
function marksOfLane(lane: Lane, all: readonly Stretch[]): Mark[] {
  const stretches = all.filter((stretch) => stretch.lane === lane);
  const marks = stretches.flatMap(marksOfStretch);
  if (lane !== 'agent_sound' && lane !== 'heard') return marks;
  const isOver = stretches.at(-1)?.toMs !== undefined;
  return [...marks.slice(0, 1), ...(isOver ? marks.slice(-1) : [])];
}

function marksOfStretch({ lane, fromMs, toMs, name }: Stretch): Mark[] {
  const [began, ended, by] = edges[lane];
  const detail = name === undefined ? {} : { detail: name };
  return [
    { kind: began, by, atMs: fromMs, ...detail },
    ...(toMs === undefined ? [] : [{ kind: ended, by, atMs: toMs, ...detail }]),
  ];
}

function wordMarks({ words, via, replyAtMs }: Turn): Mark[] {
  const said = words.map(({ atMs, text, final }): Mark => {
    const kind = via === 'text' ? 'typed' : final ? 'final' : 'interim';
    return { kind, by: 'page', atMs, detail: text };
  });
  return replyAtMs === undefined
    ? said
    : [...said, { kind: 'reply_text', by: 'page', atMs: replyAtMs }];
}

function agentMarks(turn: Turn, toPage: (ms: number) => number): Mark[] {
  const { turnEndedAtMs, firstTokenAtMs, cut } = turn;
  const told: (Omit<Mark, 'by' | 'atMs'> & { agentMs: number | undefined })[] = [
    { kind: 'turn_ended', agentMs: turnEndedAtMs },
    { kind: 'first_token', agentMs: firstTokenAtMs },
    { kind: 'cut', agentMs: cut?.atMs, ...(cut && { detail: cut.by }) },
  ];
  return told.flatMap(({ agentMs, ...mark }) =>
    agentMs === undefined ? [] : [{ ...mark, by: 'agent' as const, atMs: toPage(agentMs) }],
  );
}

function markOfAct({ act, atMs }: PageAct): Mark {
  return act === 'duck' || act === 'restore' || act === 'confirm'
    ? { kind: act, by: 'page', atMs }
    : { kind: 'silenced', by: 'page', atMs, detail: act };
}

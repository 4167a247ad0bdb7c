import { toPageMs } from './clocks.ts';
import { isAnswered, mostTurns, type Turn, type TurnRecords } from './records.ts';
import { begun, ended, type Span } from './spans.ts';

/** Speech after a longer silence than this, in ms, does not go on with what was said before. */
const longestPauseMs = 8000;
const mostPieces = 60;

export function lastTurn(records: TurnRecords): Turn | undefined {
  return records.turns.at(-1);
}

/** The records with the last turn that fits changed; as they are if there is none. */
export function changed(
  records: TurnRecords,
  change: (turn: Turn) => Turn,
  fits: (turn: Turn) => boolean = () => true,
): TurnRecords {
  const place = records.turns.findLastIndex(fits);
  const turn = records.turns[place];
  return turn ? { ...records, turns: records.turns.with(place, change(turn)) } : records;
}

/** A new turn begins. Speech that nothing has come of yet is its own if it is spoken, and nobody's otherwise. */
export function opened(records: TurnRecords, via: Turn['via'], atMs: number): TurnRecords {
  const { pending, clocks, provider } = records;
  const clock = Math.max(0, clocks.length - 1);
  const speech = via === 'voice' ? pending : [];
  const [first] = speech;
  const turn: Turn = {
    number: (lastTurn(records)?.number ?? 0) + 1,
    via,
    provider,
    clock,
    openedAtMs: first ? toPageMs(clocks, { clock, agentMs: first.fromMs }) : atMs,
    speech,
    segments: {},
    words: [],
    sound: [],
    replySegments: [],
    reply: '',
    tools: [],
    used: [],
  };
  return { ...records, pending: [], turns: [...records.turns, turn].slice(-mostTurns) };
}

/** The agent hears the person begin to speak. Not every sound is a turn: only what comes of it tells. */
export function speechBegan(records: TurnRecords, agentMs: number): TurnRecords {
  const turn = lastTurn(records);
  const goesOn = (spans: readonly Span[]): boolean => {
    const last = spans.at(-1);
    return last !== undefined && agentMs - (last.toMs ?? agentMs) < longestPauseMs;
  };
  if (turn?.via === 'voice' && !isAnswered(turn) && goesOn(turn.speech)) {
    return changed(records, (last) => ({
      ...last,
      speech: begun(last.speech, agentMs, mostPieces),
    }));
  }
  const before = goesOn(records.pending) ? records.pending : [];
  return { ...records, pending: begun(before, agentMs, mostPieces) };
}

export function speechEnded(records: TurnRecords, agentMs: number): TurnRecords {
  if (records.pending.length > 0) return { ...records, pending: ended(records.pending, agentMs) };
  return changed(records, (turn) => ({ ...turn, speech: ended(turn.speech, agentMs) }));
}

/** Something of an answer has come: if somebody has spoken since the reply before was over, it is an answer to that. */
export function answering(records: TurnRecords, atMs: number): TurnRecords {
  const isSaid = records.pending.length > 0 && records.pending.every(({ toMs }) => toMs);
  const sounds = lastTurn(records)?.sound.at(-1);
  const isSounding = sounds !== undefined && sounds.toMs === undefined;
  if (isSaid && !isSounding) return opened(records, 'voice', atMs);
  return lastTurn(records) ? records : opened(records, 'assistant', atMs);
}

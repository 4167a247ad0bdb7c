import { withAgent } from './clocks.ts';
import { reduceAgentEvent } from './agent-events.ts';
import type { Observation } from './observation.ts';
import { mostSpans, type PageAct, type TurnRecords } from './records.ts';
import { begun, ended } from './spans.ts';
import { reduceTranscriptAction } from './texts.ts';
import { changed } from './turns.ts';
import { withHeard } from './heard.ts';

/** Takes one observation into the records. Observations come in the order in which the page made them. */
export function reduceTurns(records: TurnRecords, observation: Observation): TurnRecords {
  const { atMs } = observation;
  switch (observation.kind) {
    case 'assistant_came':
      return {
        ...records,
        clocks: withAgent(records.clocks),
        pending: [],
        gate: shut(records, atMs),
      };
    case 'provider':
      return changed({ ...records, provider: observation.provider }, (turn) => ({
        ...turn,
        provider: turn.provider ?? observation.provider,
      }));
    case 'agent':
      return reduceAgentEvent(records, observation.event, atMs);
    case 'transcript':
      return reduceTranscriptAction(records, observation.action, atMs);
    case 'speech':
      return {
        ...records,
        speech:
          observation.phase === 'started'
            ? begun(records.speech, atMs, mostSpans)
            : ended(records.speech, atMs),
      };
    case 'sound':
      if (observation.phase === 'ended') return { ...records, sound: ended(records.sound, atMs) };
      return withHeard({ ...records, sound: begun(records.sound, atMs, mostSpans) });
    case 'verdict':
      return withAct(records, {
        atMs,
        act: observation.verdict,
        sinceOnsetMs: observation.sinceOnsetMs,
      });
    case 'cut':
      return withAct(records, { atMs, act: observation.by });
  }
}

/** What is decided after the voice was lowered is about the same reply, even if that falls silent meanwhile. */
function withAct(records: TurnRecords, act: Omit<PageAct, 'turn'>): TurnRecords {
  const { acts, turns, sound } = records;
  const isSounding = sound.length > 0 && sound.at(-1)?.toMs === undefined;
  const lowered = acts.findLast((before) => before.act === 'duck');
  const heard = turns.findLast(({ heardAtMs }) => heardAtMs !== undefined)?.number;
  const follows = act.act === 'restore' || act.act === 'confirm' || act.act === 'speech';
  const turn = follows
    ? (lowered?.turn ?? heard)
    : act.act === 'duck' || isSounding
      ? heard
      : undefined;
  if (turn === undefined) return records;
  return { ...records, acts: [...acts, { ...act, turn }].slice(-mostSpans) };
}

/** An assistant that is gone holds no gate open. */
function shut({ gate }: TurnRecords, atMs: number): TurnRecords['gate'] {
  return ended(gate, atMs);
}

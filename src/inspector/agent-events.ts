import type { AgentEvent } from '#protocol/events.ts';
import { toPageMs, withMessage } from './clocks.ts';
import { withHeard } from './heard.ts';
import { mostSpans, type Turn, type TurnRecords } from './records.ts';
import { begun, ended } from './spans.ts';
import { changed, lastTurn, opened, speechBegan, speechEnded } from './turns.ts';

const mostPieces = 60;
const mostTools = 50;

/** Takes an event of the agent that arrived at `arrivedAtMs`. Some tell of what was so a while ago. */
export function reduceAgentEvent(
  before: TurnRecords,
  event: AgentEvent,
  arrivedAtMs: number,
): TurnRecords {
  const clocks = withMessage(before.clocks, event.atMs, arrivedAtMs);
  const records = clocks === before.clocks ? before : { ...before, clocks };
  const clock = clocks.length - 1;
  const atMs = toPageMs(clocks, { clock, agentMs: event.atMs });
  switch (event.type) {
    case 'user_speech':
      return event.phase === 'started'
        ? speechBegan(records, event.atMs)
        : speechEnded(records, event.atMs);
    case 'answering':
      return withStep(records, event, atMs);
    case 'tool_started': {
      const { callId: id, name, title } = event;
      const call = { id, name, title, startedAtMs: event.atMs };
      return changed(withSomeTurn(records, atMs), (turn) => ({
        ...turn,
        tools: [...turn.tools, call].slice(-mostTools),
      }));
    }
    case 'tool_finished':
      return withToolFinished(records, event);
    case 'interrupted': {
      const { by, heard, unheard } = event;
      const cut = { atMs: event.atMs, by, unheard, ...(heard !== undefined && { heard }) };
      return changed(records, (turn) => ({ ...turn, cut }), canBeCut);
    }
    case 'timer_rang':
      return opened(records, 'assistant', atMs);
    case 'usage': {
      const { provider, model, usage } = event;
      return changed(records, (turn) => ({
        ...turn,
        provider,
        used: [...turn.used, { provider, model, usage }].slice(-mostPieces),
      }));
    }
    case 'provider':
      return { ...records, provider: event.provider };
    case 'gate':
      return {
        ...records,
        gate: event.open ? begun(records.gate, atMs, mostSpans) : ended(records.gate, atMs),
      };
    case 'metered':
    case 'viseme':
    case 'error':
      return records;
  }
}

type StepEvent = Extract<AgentEvent, { type: 'answering' }>;

function withStep(records: TurnRecords, { step, atMs }: StepEvent, pageMs: number): TurnRecords {
  switch (step) {
    case 'turn_ended': {
      // Here the agent itself says that what was said is a turn.
      const ready = records.pending.length > 0 ? opened(records, 'voice', pageMs) : records;
      return changed(ready, (turn) => ({ ...turn, turnEndedAtMs: turn.turnEndedAtMs ?? atMs }));
    }
    case 'first_token':
      // It is told when the reply has been made, and by then the next turn may have begun.
      return changed(
        records,
        (turn) => ({ ...turn, firstTokenAtMs: Math.min(turn.firstTokenAtMs ?? atMs, atMs) }),
        (turn) => turn.openedAtMs <= pageMs,
      );
    case 'sound_began':
      return withHeard(
        changed(withSomeTurn(records, pageMs), (turn) => ({
          ...turn,
          sound: begun(turn.sound, atMs, mostPieces),
        })),
      );
    case 'sound_ended':
      return changed(
        records,
        (turn) => ({ ...turn, sound: ended(turn.sound, atMs) }),
        (turn) => turn.sound.at(-1)?.toMs === undefined && turn.sound.length > 0,
      );
  }
}

type FinishedEvent = Extract<AgentEvent, { type: 'tool_finished' }>;

function withToolFinished(
  records: TurnRecords,
  { callId, outcome, atMs }: FinishedEvent,
): TurnRecords {
  return changed(
    records,
    (turn) => ({
      ...turn,
      tools: turn.tools.map((call) =>
        call.id === callId ? { ...call, outcome, finishedAtMs: atMs } : call,
      ),
    }),
    (turn) => turn.tools.some(({ id }) => id === callId),
  );
}

/** The news of a cut may come when the words that cut have begun a turn of their own. */
function canBeCut(turn: Turn): boolean {
  return (turn.sound.length > 0 || turn.replyAtMs !== undefined) && turn.cut === undefined;
}

/** What the assistant does before anybody has spoken is a turn of its own. */
function withSomeTurn(records: TurnRecords, atMs: number): TurnRecords {
  return lastTurn(records) ? records : opened(records, 'assistant', atMs);
}

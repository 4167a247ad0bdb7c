import { toPageMs } from './clocks.ts';
import type { Turn, TurnRecords } from './records.ts';
import { changed, lastTurn } from './turns.ts';

/** When the person had done asking, on the page's clock: sound from before that is of the reply that was talked over. */
export function askedUntilMs({ clocks }: TurnRecords, turn: Turn): number {
  const { clock } = turn;
  const last = turn.speech.at(-1);
  if (!last) return turn.openedAtMs;
  const agentMs = last.toMs ?? turn.turnEndedAtMs ?? last.fromMs;
  return toPageMs(clocks, { clock, agentMs: Math.min(agentMs, turn.turnEndedAtMs ?? agentMs) });
}

/** The sound that is heard now is the reply of the last turn, if the assistant has begun to speak in it. */
export function withHeard(records: TurnRecords): TurnRecords {
  const turn = lastTurn(records);
  const heard = records.sound.at(-1);
  if (!turn || !heard || heard.toMs !== undefined || turn.heardAtMs !== undefined) return records;
  const isSpeaking = turn.sound.length > 0 || turn.replyAtMs !== undefined;
  if (!isSpeaking || heard.fromMs < askedUntilMs(records, turn)) return records;
  return changed(records, (last) => ({ ...last, heardAtMs: heard.fromMs }));
}

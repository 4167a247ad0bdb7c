import type { TranscriptAction } from '../transcript/reducer.ts';
import { isAnswered, longestText, mostVersions, type Turn, type TurnRecords } from './records.ts';
import { withHeard } from './heard.ts';
import { answering, changed, lastTurn, opened } from './turns.ts';

/** Takes words of either side, as they reach the page at `atMs`. Other actions are known by the events they come from. */
export function reduceTranscriptAction(
  records: TurnRecords,
  action: TranscriptAction,
  atMs: number,
): TurnRecords {
  switch (action.type) {
    case 'user_text':
      return withWords(records, action, atMs);
    case 'user_typed':
      return changed(opened(records, 'text', atMs), (turn) => ({
        ...turn,
        words: [{ atMs, text: action.text.slice(0, longestText), final: true }],
      }));
    case 'reply_text':
      return withReply(records, action, atMs);
    case 'reply_heard_first':
      return changed(records, (turn) => ({
        ...turn,
        latencyMs: turn.latencyMs ?? action.latencyMs,
      }));
    default:
      return records;
  }
}

type UserText = Extract<TranscriptAction, { type: 'user_text' }>;

function withWords(records: TurnRecords, action: UserText, atMs: number): TurnRecords {
  const { segmentId, final } = action;
  const known = (turn: Turn): boolean => segmentId in turn.segments;
  const isKnown = records.turns.some(known);
  if (!isKnown && action.text.trim() === '') return records;
  const ready = isKnown ? records : awaiting(records, atMs);
  return changed(
    ready,
    (turn) => {
      const segments = { ...turn.segments, [segmentId]: action.text.trim() };
      const text = Object.values(segments).filter(Boolean).join(' ').slice(0, longestText);
      return {
        ...turn,
        segments,
        words: [...turn.words, { atMs, text, final }].slice(-mostVersions),
      };
    },
    isKnown ? known : undefined,
  );
}

/** With the turn last that a new piece of text belongs to: some services answer before they write down the question. */
function awaiting(records: TurnRecords, atMs: number): TurnRecords {
  const turn = lastTurn(records);
  const lacksWords = turn?.via === 'voice' && turn.words.length === 0;
  if (lacksWords) return records;
  if (records.pending.length > 0) return opened(records, 'voice', atMs);
  return turn?.via === 'voice' && (!isAnswered(turn) || turn.sound.length === 0)
    ? records
    : opened(records, 'voice', atMs);
}

type ReplyText = Extract<TranscriptAction, { type: 'reply_text' }>;

function withReply(records: TurnRecords, action: ReplyText, atMs: number): TurnRecords {
  const { segmentId, delta } = action;
  const known = (turn: Turn): boolean => turn.replySegments.includes(segmentId);
  const isKnown = records.turns.some(known);
  const change = (turn: Turn): Turn => ({
    ...turn,
    replyAtMs: turn.replyAtMs ?? atMs,
    replySegments: known(turn) ? turn.replySegments : [...turn.replySegments, segmentId],
    reply: `${turn.reply}${known(turn) || turn.reply === '' ? '' : ' '}${delta}`.slice(
      0,
      longestText,
    ),
  });
  if (isKnown) return changed(records, change, known);
  return withHeard(changed(answering(records, atMs), change));
}

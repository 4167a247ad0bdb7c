import type { llm } from '@livekit/agents';
import { tailOf, utf8Bytes } from './wire/pieces.ts';

export interface Turn {
  readonly role: 'USER' | 'ASSISTANT';
  readonly text: string;
}

/** 40 KB in all, in UTF-8; the service does not say which kilobyte, so the smaller. */
const maxBytes = 40_000;
/** Known to be accepted by the service in one session. */
const maxTurns = 40;

/**
 * What was said before, as the service takes it: the newest turns that fit, by turns, the first by the user.
 * https://docs.aws.amazon.com/nova/latest/nova2-userguide/sonic-chat-history.html
 */
export function packHistory(chatCtx: llm.ChatContext): Turn[] {
  const turns = fitting(alternating(spoken(chatCtx)).slice(-maxTurns));
  return turns[0]?.role === 'ASSISTANT' ? turns.slice(1) : turns;
}

/** What the application noted for the model; it belongs to the system prompt, for history knows two roles only. */
export function notes(chatCtx: llm.ChatContext): string[] {
  return chatCtx.items.flatMap((item) =>
    item.type === 'message' && (item.role === 'system' || item.role === 'developer')
      ? [item.textContent ?? '']
      : [],
  );
}

function spoken(chatCtx: llm.ChatContext): Turn[] {
  return chatCtx.items.flatMap((item): Turn[] => {
    if (item.type !== 'message') return [];
    const text = item.textContent?.trim();
    if (!text) return [];
    if (item.role === 'user') return [{ role: 'USER', text }];
    return item.role === 'assistant' ? [{ role: 'ASSISTANT', text }] : [];
  });
}

function alternating(turns: readonly Turn[]): Turn[] {
  const merged: Turn[] = [];
  for (const turn of turns) {
    const last = merged.at(-1);
    if (last?.role === turn.role) {
      merged.splice(-1, 1, { role: turn.role, text: `${last.text}\n${turn.text}` });
    } else merged.push(turn);
  }
  return merged;
}

/** Drops from the oldest on; a turn that is too long by itself keeps its end. */
function fitting(turns: readonly Turn[]): Turn[] {
  const kept: Turn[] = [];
  let left = maxBytes;
  for (const turn of turns.toReversed()) {
    if (left <= 0) break;
    const text = kept.length === 0 ? tailOf(turn.text, left) : turn.text;
    left -= utf8Bytes(text);
    if (left >= 0) kept.unshift({ role: turn.role, text });
  }
  return kept;
}

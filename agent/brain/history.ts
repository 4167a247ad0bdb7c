import type { llm } from '@livekit/agents';
import type { Past, PastCall } from './intent.ts';

/** The utterance that waits for an answer: what the person said last, unless it has been answered. */
export function lastSaid(context: llm.ChatContext): string | undefined {
  const item = context.items.findLast(isMessage);
  return item?.role === 'user' ? item.textContent : undefined;
}

/** Results of tools that wait to be spoken: those after the last message of either side. */
export function pendingResults(context: llm.ChatContext): readonly llm.FunctionCallOutput[] {
  const lastMessage = context.items.findLastIndex(isMessage);
  return context.items
    .slice(lastMessage + 1)
    .filter((item): item is llm.FunctionCallOutput => item.type === 'function_call_output');
}

/** What came before, read from the chat. */
export function pastOf(context: llm.ChatContext): Past {
  const calls = pastCalls(context);
  const newest = calls.at(-1);
  return {
    lastCalls: newest ? calls.filter(({ turn }) => turn === newest.turn) : [],
    remembered: calls.flatMap(({ tool, args }) =>
      tool === 'remember' && typeof args['note'] === 'string' ? [args['note']] : [],
    ),
    replies: context.items.filter((item) => isMessage(item) && item.role === 'assistant').length,
  };
}

function pastCalls(context: llm.ChatContext): readonly (PastCall & { turn: number })[] {
  const results = new Map<string, string>();
  for (const item of context.items) {
    if (item.type === 'function_call_output' && !item.isError)
      results.set(item.callId, item.output);
  }
  let turn = 0;
  const calls: (PastCall & { turn: number })[] = [];
  for (const item of context.items) {
    if (isMessage(item) && item.role === 'user') turn += 1;
    if (item.type !== 'function_call') continue;
    calls.push({
      tool: item.name,
      args: record(item.args),
      result: record(results.get(item.callId) ?? ''),
      turn,
    });
  }
  return calls;
}

/** The JSON object in a text; an empty one if there is none. */
export function record(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}

function isMessage(item: llm.ChatItem): item is llm.ChatMessage {
  return item.type === 'message' && (item.role === 'user' || item.role === 'assistant');
}

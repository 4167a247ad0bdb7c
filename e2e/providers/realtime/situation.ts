import { readRecord } from '../mind/json.ts';
import type { Remembered } from '../mind/mind.ts';
import { isShown, textOf, type Item, type MessageItem } from './conversation.ts';

/** What waits for an answer, and what came before it, read from the items alone. */
export interface WireSituation {
  /** Unanswered words of the person. */
  readonly text: string | undefined;
  readonly history: readonly Remembered[];
  /** Of tools, that nobody has spoken about yet. */
  readonly results: readonly { output: string; isError: boolean }[];
  /** The picture that was shown last, as JPEG. */
  readonly shown: Buffer | undefined;
  /** Messages of the role `system`, which come on top of the instructions. */
  readonly asides: readonly string[];
}

export function readSituation(items: readonly Item[]): WireSituation {
  const lastMessage = items.findLastIndex(isSpoken);
  const since = items.slice(lastMessage + 1);
  const results = since.flatMap((item) => resultOf(item, items) ?? []);
  const last = items[lastMessage];
  const waiting = results.length === 0 && last && isSpoken(last) && last.role === 'user';
  const past = waiting ? items.filter((item) => item !== last) : items;
  return {
    text: waiting ? textOf(last) : undefined,
    history: past.flatMap((item) => remembered(item, items) ?? []),
    results,
    shown: items.findLast(isShown)?.parts.find((part) => part.kind === 'picture')?.jpeg,
    asides: since.flatMap((item) =>
      item.type === 'message' && item.role === 'system' ? [textOf(item)] : [],
    ),
  };
}

function isSpoken(item: Item): item is MessageItem {
  // A picture is there to be looked at, not to be answered.
  return item.type === 'message' && item.role !== 'system' && !isShown(item);
}

function resultOf(
  item: Item,
  items: readonly Item[],
): { output: string; isError: boolean } | undefined {
  if (item.type === 'function_call_output') return { output: item.output, isError: false };
  if (item.type === 'mcp_call') {
    return item.error === null
      ? { output: item.output ?? '', isError: false }
      : { output: item.error, isError: true };
  }
  if (item.type === 'mcp_approval_response' && !item.approve) {
    const request = items.find(({ id }) => id === item.approvalRequestId);
    const name = request?.type === 'mcp_approval_request' ? request.name : 'that tool';
    return { output: `I was not allowed to use ${name.replaceAll('_', ' ')}.`, isError: true };
  }
  return undefined;
}

function remembered(item: Item, items: readonly Item[]): Remembered | undefined {
  if (isSpoken(item) && item.role !== 'system') {
    return { role: item.role, text: textOf(item) };
  }
  if (item.type === 'function_call') {
    const result = items.find(
      (one) => one.type === 'function_call_output' && one.callId === item.callId,
    );
    return {
      role: 'tool',
      name: item.name,
      arguments: readRecord(item.arguments),
      output: result?.type === 'function_call_output' ? result.output : undefined,
    };
  }
  if (item.type === 'mcp_call') {
    return {
      role: 'tool',
      name: item.name,
      arguments: readRecord(item.arguments),
      output: item.output ?? item.error ?? undefined,
    };
  }
  return undefined;
}

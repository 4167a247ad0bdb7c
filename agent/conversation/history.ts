import { llm } from '@livekit/agents';
import type { ConversationMemory } from '../memory/room-memory.ts';

/** What a room remembers, as messages of a conversation. */
export function remembering(memory: ConversationMemory | undefined): llm.ChatMessage[] {
  return (memory?.said ?? []).map(({ role, text, atMs, interrupted }) =>
    llm.ChatMessage.create({ role, content: text, createdAt: atMs, interrupted }),
  );
}

/**
 * What a new session has to know of a conversation. Calls of tools are no matter of a provider's that did not make
 * them: their numbers mean nothing to it, and what came of them was said.
 */
export function handedOver(history: llm.ChatContext, withCalls: boolean): llm.ChatContext {
  return history.copy({
    excludeInstructions: true,
    excludeHandoff: true,
    excludeConfigUpdate: true,
    excludeEmptyMessage: true,
    excludeFunctionCall: !withCalls,
  });
}

/** What was said so far, as the room memory keeps it: the last `mostSaid` utterances of either side. */
export function saidIn(context: llm.ChatContext): ConversationMemory['said'] {
  return context.items
    .filter((item): item is llm.ChatMessage => item.type === 'message')
    .flatMap((message) => {
      const text = message.textContent;
      return text && (message.role === 'user' || message.role === 'assistant')
        ? [{ role: message.role, text, atMs: message.createdAt, interrupted: message.interrupted }]
        : [];
    })
    .slice(-mostSaid);
}

export function lastReplyIn(context: llm.ChatContext): string | undefined {
  return saidIn(context).findLast(({ role }) => role === 'assistant')?.text;
}

const mostSaid = 200;

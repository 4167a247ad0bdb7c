import { llm, voice } from '@livekit/agents';
import type { ConversationMemory } from '../memory/room-memory.ts';
import type { ReplyLog } from './reply-log.ts';

interface AssistantOptions {
  readonly instructions: string;
  readonly tools: llm.ToolContextEntry[];
  readonly remembered: ConversationMemory | undefined;
  readonly replies: ReplyLog;
}

type SpokenText = Awaited<ReturnType<voice.Agent['transcriptionNode']>>;

/** The agent of the framework, with the text that goes into speech followed by the reply log. */
export class Assistant extends voice.Agent {
  readonly #replies: ReplyLog;

  constructor({ instructions, tools, remembered, replies }: AssistantOptions) {
    super({ instructions, tools, chatCtx: chatContextOf(remembered) });
    this.#replies = replies;
  }

  override async transcriptionNode(
    text: Parameters<voice.Agent['transcriptionNode']>[0],
    settings: voice.ModelSettings,
  ): Promise<SpokenText> {
    const spoken = await super.transcriptionNode(text, settings);
    return spoken && this.#replies.follow(spoken);
  }
}

function chatContextOf(memory: ConversationMemory | undefined): llm.ChatContext {
  const context = llm.ChatContext.empty();
  for (const { role, text, atMs, interrupted } of memory?.said ?? []) {
    context.addMessage({ role, content: text, createdAt: atMs, interrupted });
  }
  return context;
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

const mostSaid = 200;

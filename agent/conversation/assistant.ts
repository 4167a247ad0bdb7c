import { ReadableStream } from 'node:stream/web';
import { llm, voice } from '@livekit/agents';
import type { ConversationMemory } from '../memory/room-memory.ts';
import type { ReplyLog } from './reply-log.ts';
import type { Speeches } from './speeches.ts';
import { endingWith } from './stoppable-stream.ts';

interface AssistantOptions {
  readonly instructions: string;
  readonly tools: llm.ToolContextEntry[];
  readonly remembered: ConversationMemory | undefined;
  readonly replies: ReplyLog;
  readonly speeches: Speeches;
}

type Spoken = Awaited<ReturnType<voice.Agent['ttsNode']>>;
type Written = Awaited<ReturnType<voice.Agent['transcriptionNode']>>;

/** The agent of the framework, with the text that goes into speech followed by the reply log. */
export class Assistant extends voice.Agent {
  readonly #replies: ReplyLog;
  readonly #speeches: Speeches;

  constructor({ instructions, tools, remembered, replies, speeches }: AssistantOptions) {
    super({ instructions, tools, chatCtx: chatContextOf(remembered) });
    this.#replies = replies;
    this.#speeches = speeches;
  }

  /** The framework learns of an interruption only with the next sound, which a long sentence keeps back for seconds. */
  override async ttsNode(
    text: Parameters<voice.Agent['ttsNode']>[0],
    settings: voice.ModelSettings,
  ): Promise<Spoken> {
    const { interruption } = this.#speeches;
    const spoken = await super.ttsNode(this.#replies.follow(asStream(text)), settings);
    return spoken && endingWith(spoken, interruption);
  }

  /**
   * In agents 1.9.0 (performTTSInference) a cut reply leaves the stream of its timed words open: closing the audio
   * throws before the words are closed. Whoever reads them would wait, and the turn be settled seconds late.
   */
  override async transcriptionNode(
    text: Parameters<voice.Agent['transcriptionNode']>[0],
    settings: voice.ModelSettings,
  ): Promise<Written> {
    const { interruption } = this.#speeches;
    const written = await super.transcriptionNode(text, settings);
    return written && endingWith(written, interruption);
  }
}

function asStream<T>(source: ReadableStream<T> | AsyncIterable<T>): ReadableStream<T> {
  return source instanceof ReadableStream ? source : ReadableStream.from(source);
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

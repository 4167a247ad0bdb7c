import { ReadableStream } from 'node:stream/web';
import { llm, voice } from '@livekit/agents';
import type { ConversationMemory } from '../memory/room-memory.ts';
import type { ReplyLog } from './reply-log.ts';
import { endingWith, tellingOfCancel } from './stoppable-stream.ts';

interface AssistantOptions {
  readonly instructions: string;
  readonly tools: llm.ToolContextEntry[];
  readonly remembered: ConversationMemory | undefined;
  readonly replies: ReplyLog;
}

type Spoken = Awaited<ReturnType<voice.Agent['ttsNode']>>;
type Written = Awaited<ReturnType<voice.Agent['transcriptionNode']>>;

/** The agent of the framework, with the text that goes into speech followed by the reply log. */
export class Assistant extends voice.Agent {
  readonly #replies: ReplyLog;
  /** Aborted when the speech of the reply whose transcript has not been asked for yet is given up. */
  #silenced: AbortController | undefined;

  constructor({ instructions, tools, remembered, replies }: AssistantOptions) {
    super({ instructions, tools, chatCtx: chatContextOf(remembered) });
    this.#replies = replies;
  }

  override async ttsNode(
    text: Parameters<voice.Agent['ttsNode']>[0],
    settings: voice.ModelSettings,
  ): Promise<Spoken> {
    const silenced = new AbortController();
    this.#silenced = silenced;
    const spoken = await super.ttsNode(this.#replies.follow(asStream(text)), settings);
    return spoken && tellingOfCancel(spoken, () => silenced.abort());
  }

  /**
   * In agents 1.9.0 (performTTSInference) a cut reply leaves the stream of its timed words open: closing the audio
   * throws before the words are closed. Whoever reads them would wait, and the turn be settled four seconds late.
   */
  override async transcriptionNode(
    text: Parameters<voice.Agent['transcriptionNode']>[0],
    settings: voice.ModelSettings,
  ): Promise<Written> {
    const silenced = this.#silenced;
    this.#silenced = undefined;
    const written = await super.transcriptionNode(text, settings);
    return written && silenced ? endingWith(written, silenced.signal) : written;
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

import { DEFAULT_API_CONNECT_OPTIONS, llm, type APIConnectOptions } from '@livekit/agents';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { KnowledgeSearch } from '../knowledge/knowledge.ts';
import { admitNotKnowing, isQuestion } from './fallback.ts';
import { lastSaid, pastOf, pendingResults, record } from './history.ts';
import type { Intent } from './intent.ts';
import { understand } from './understand.ts';

export interface RulesOptions {
  /** Asked, without telling the person, whether a question that nothing else fits has an answer in the documents. */
  readonly knowledge: KnowledgeSearch;
}

/** What `chat` of a language model is given. */
export type ChatRequest = Parameters<llm.LLM['chat']>[0];

/** A passage must hold this share of the question's words before it is offered unasked. */
const goodCoverage = 0.6;
const prewarmDelayMs = 3000;
const greeting = 'Hello, I am Parley. What can I do for you?';

/**
 * The brain that needs no key and no model: it understands by rules and answers through the skills. A reply changes
 * nothing until the framework runs its tool, so it may be begun early and thrown away.
 */
export class RulesLLM extends llm.LLM {
  readonly #knowledge: KnowledgeSearch;

  constructor({ knowledge }: RulesOptions) {
    super();
    this.#knowledge = knowledge;
  }

  override label(): string {
    return 'parley.RulesLLM';
  }

  override get model(): string {
    return 'rules';
  }

  override get provider(): string {
    return 'parley';
  }

  /** Reads the documents when the start of the conversation is over, so that the first question need not wait. */
  protected override async _prewarmImpl(signal: AbortSignal): Promise<void> {
    await setTimeout(prewarmDelayMs, undefined, { signal, ref: false });
    await this.#knowledge.search('parley', 1);
  }

  override chat(request: ChatRequest): llm.LLMStream {
    return new RulesStream(this, request, this.#knowledge);
  }
}

class RulesStream extends llm.LLMStream {
  readonly #id = `rules_${randomUUID()}`;
  readonly #mayCall: boolean;
  readonly #knowledge: KnowledgeSearch;

  constructor(brain: RulesLLM, request: ChatRequest, knowledge: KnowledgeSearch) {
    super(brain, {
      chatCtx: request.chatCtx,
      ...(request.toolCtx && { toolCtx: request.toolCtx }),
      connOptions: request.connOptions ?? noRetry,
    });
    this.#mayCall = request.toolChoice !== 'none';
    this.#knowledge = knowledge;
  }

  protected override async run(): Promise<void> {
    const results = pendingResults(this.chatCtx);
    if (results.length > 0) {
      this.#speak(results.map(sayResult).join(' '));
      return;
    }
    const said = lastSaid(this.chatCtx);
    if (said === undefined) {
      this.#speak(greeting);
      return;
    }
    const past = pastOf(this.chatCtx);
    const intents = understand(said, past);
    const wanted = intents.length > 0 ? intents : await this.#lookUp(said);
    const doable = wanted.filter((intent) => 'say' in intent || this.#has(intent.tool));
    if (doable.length === 0) this.#speak(admitNotKnowing(said, past.replies));
    else this.#carryOut(doable);
  }

  async #lookUp(said: string): Promise<readonly Intent[]> {
    if (!isQuestion(said) || !this.#has('search_knowledge')) return [];
    const [best] = await this.#knowledge.search(said, 1);
    return best && best.coverage >= goodCoverage
      ? [{ tool: 'search_knowledge', args: { query: said } }]
      : [];
  }

  #has(tool: string): boolean {
    return this.#mayCall && this.toolCtx?.hasTool(tool) === true;
  }

  #carryOut(intents: readonly Intent[]): void {
    const words = intents.flatMap((intent) => ('say' in intent ? [intent.say] : []));
    const calls = intents.flatMap((intent) =>
      'tool' in intent
        ? [
            llm.FunctionCall.create({
              callId: `call_${randomUUID()}`,
              name: intent.tool,
              args: JSON.stringify(intent.args),
            }),
          ]
        : [],
    );
    if (words.length > 0) this.#speak(words.join(' '));
    if (calls.length > 0) {
      this.queue.put({ id: this.#id, delta: { role: 'assistant', toolCalls: calls } });
    }
  }

  /** One chunk a sentence: speech of the first begins while the others are on their way. */
  #speak(text: string): void {
    for (const sentence of text.split(/(?<=[.!?]) (?=\S)/)) {
      this.queue.put({ id: this.#id, delta: { role: 'assistant', content: `${sentence} ` } });
    }
  }
}

const noRetry: APIConnectOptions = { ...DEFAULT_API_CONNECT_OPTIONS, maxRetry: 0 };

function sayResult({ output, isError }: llm.FunctionCallOutput): string {
  const { say } = record(output);
  if (!isError && typeof say === 'string') return say;
  return 'Something went wrong while I was doing that. Please try again.';
}

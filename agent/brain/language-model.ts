import {
  APIConnectionError,
  APIStatusError,
  APITimeoutError,
  DEFAULT_API_CONNECT_OPTIONS,
  llm,
} from '@livekit/agents';
import { LLM as OpenAILLM } from '@livekit/agents-plugin-openai';
import { randomUUID } from 'node:crypto';
import OpenAI from 'openai';
import type { ChatRequest, RulesLLM } from './rules.ts';

/** Where an OpenAI-compatible server is, and what is asked of it. */
export interface LanguageModel {
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey: string | undefined;
}

interface LanguageModelOptions {
  readonly server: LanguageModel;
  /** Answers the turns that the server does not. */
  readonly rules: RulesLLM;
  /** Told when the server stops answering, with the cause; not again before it has answered once more. */
  readonly onUnreachable: (detail: string) => void;
  /** How long to wait for a first sign of an answer; a model that is loaded on demand needs a while. */
  readonly patienceMs?: number;
  /** The same while the server is known not to answer, so that each turn is not held up for long. */
  readonly impatienceMs?: number;
}

/** Any OpenAI-compatible server as the brain; the rules stand in for the turns that it fails. */
export class LanguageModelLLM extends llm.LLM {
  readonly #options: LanguageModelOptions;
  readonly #client: OpenAI;
  #unreachable = false;

  constructor(options: LanguageModelOptions) {
    super();
    this.#options = options;
    this.#client = new OpenAI({
      baseURL: options.server.baseUrl,
      apiKey: keyOf(options.server),
      maxRetries: 0,
    });
  }

  override label(): string {
    return 'parley.LanguageModelLLM';
  }

  override get model(): string {
    return this.#options.server.model;
  }

  override get provider(): string {
    return new URL(this.#options.server.baseUrl).host;
  }

  get rules(): RulesLLM {
    return this.#options.rules;
  }

  get timeoutMs(): number {
    const { patienceMs = 15_000, impatienceMs = 3_000 } = this.#options;
    return this.#unreachable ? impatienceMs : patienceMs;
  }

  override chat(request: ChatRequest): llm.LLMStream {
    return new LanguageModelStream(this, request);
  }

  protected override _prewarmImpl(): Promise<void> {
    this.#options.rules.prewarm();
    return Promise.resolve();
  }

  /** One instance a reply, since a failed stream tells its error only to its instance's listeners. */
  attempt(): OpenAILLM {
    return new OpenAILLM({ client: this.#client, model: this.model, strictToolSchema: false });
  }

  answered(): void {
    this.#unreachable = false;
  }

  failed(error: Error): void {
    if (this.#unreachable) return;
    this.#unreachable = true;
    this.#options.onUnreachable(this.#explain(error));
  }

  #explain(error: Error): string {
    const { provider, model } = this;
    if (error instanceof APITimeoutError) return `${provider} did not answer in time.`;
    if (error instanceof APIStatusError && error.statusCode > 0) {
      const { statusCode } = error;
      if (statusCode === 401 || statusCode === 403) {
        return `${provider} refused the key (HTTP ${statusCode}). Check LLM_API_KEY.`;
      }
      if (statusCode === 404) {
        return `${provider} does not know the model ${model} at this address (HTTP 404). Check LLM_MODEL and LLM_BASE_URL.`;
      }
      return `${provider} answered HTTP ${statusCode}: ${this.#withoutKey(error.message)}`;
    }
    if (error instanceof APIConnectionError || error instanceof APIStatusError) {
      return `${provider} cannot be reached.`;
    }
    return `${provider}: ${this.#withoutKey(error.message)}`;
  }

  #withoutKey(message: string): string {
    const { apiKey } = this.#options.server;
    return apiKey ? message.replaceAll(apiKey, '[key]') : message;
  }
}

/** Servers on one's own machine want no key, but the client insists on one. */
function keyOf({ apiKey }: LanguageModel): string {
  return apiKey === undefined || apiKey === '' ? 'none' : apiKey;
}

class LanguageModelStream extends llm.LLMStream {
  readonly #brain: LanguageModelLLM;
  readonly #request: ChatRequest;

  constructor(brain: LanguageModelLLM, request: ChatRequest) {
    super(brain, {
      chatCtx: request.chatCtx,
      ...(request.toolCtx && { toolCtx: request.toolCtx }),
      connOptions: { ...DEFAULT_API_CONNECT_OPTIONS, ...request.connOptions, maxRetry: 0 },
    });
    this.#brain = brain;
    this.#request = request;
  }

  protected override async run(): Promise<void> {
    const attempt = this.#brain.attempt();
    let failure: Error | undefined;
    attempt.on('error', ({ error }) => (failure = error));
    const connOptions = { ...this.connOptions, timeoutMs: this.#brain.timeoutMs };
    const spoke = await this.#pass(attempt.chat({ ...this.#request, connOptions }));
    if (this.abortController.signal.aborted) return;
    if (!failure) {
      this.#brain.answered();
      return;
    }
    this.#brain.failed(failure);
    // Beginning again after half an answer would sound worse than its missing end.
    if (!spoke) await this.#pass(this.#brain.rules.chat(this.#request));
  }

  /** Some servers number the calls of each reply from the start again; results could then not be told apart. */
  #makeUnique(call: llm.FunctionCall): void {
    const taken = this.chatCtx.items.some(
      (item) => item.type === 'function_call' && item.callId === call.callId,
    );
    // Nine letters and digits is the one form that every server takes.
    if (taken) call.callId = randomUUID().replaceAll('-', '').slice(0, 9);
  }

  /** Hands on what a stream gives. Resolves to whether there was anything to hear or to do. */
  async #pass(stream: llm.LLMStream): Promise<boolean> {
    const close = () => stream.close();
    this.abortController.signal.addEventListener('abort', close);
    let spoke = false;
    try {
      for await (const chunk of stream) {
        const calls = chunk.delta?.toolCalls ?? [];
        for (const call of calls) this.#makeUnique(call);
        spoke ||= Boolean(chunk.delta?.content) || calls.length > 0;
        this.queue.put(chunk);
      }
    } finally {
      this.abortController.signal.removeEventListener('abort', close);
    }
    return spoke;
  }
}

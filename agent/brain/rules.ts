import { llm, type APIConnectOptions, DEFAULT_API_CONNECT_OPTIONS } from '@livekit/agents';
import type { KnowledgeSearch } from '../knowledge/knowledge.ts';

export interface RulesOptions {
  readonly knowledge: KnowledgeSearch;
}

interface ChatRequest {
  chatCtx: llm.ChatContext;
  toolCtx?: llm.ToolContextLike;
  connOptions?: APIConnectOptions;
  toolChoice?: llm.ToolChoice;
}

/** The brain that needs no key and no model: it understands by rules and answers through the skills. */
export class RulesLLM extends llm.LLM {
  readonly knowledge: KnowledgeSearch;

  constructor(options: RulesOptions) {
    super();
    this.knowledge = options.knowledge;
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

  override chat(request: ChatRequest): llm.LLMStream {
    return new RulesStream(this, request);
  }
}

class RulesStream extends llm.LLMStream {
  constructor(brain: RulesLLM, request: ChatRequest) {
    super(brain, {
      chatCtx: request.chatCtx,
      ...(request.toolCtx && { toolCtx: request.toolCtx }),
      connOptions: request.connOptions ?? DEFAULT_API_CONNECT_OPTIONS,
    });
  }

  protected override run(): Promise<void> {
    this.queue.put({ id: 'rules', delta: { role: 'assistant', content: 'Hello.' } });
    return Promise.resolve();
  }
}

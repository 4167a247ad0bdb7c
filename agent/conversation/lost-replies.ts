import { voice } from '@livekit/agents';
import type { ConnectionState } from '../providers/provider.ts';
import type { Speeches } from './speeches.ts';

interface LostRepliesOptions {
  readonly session: voice.AgentSession;
  readonly speeches: Speeches;
  /** Who answers now. */
  readonly assistant: () => voice.Agent;
}

/**
 * Replies that go with a provider's connection before anything of them is heard. The framework (1.9.0) takes such a
 * reply for said: the question would stay without an answer, and the assistant would think for ever.
 */
export class LostReplies {
  readonly #options: LostRepliesOptions;
  /** They were under way when the connection went, and nothing has been heard since. */
  #unheard: readonly voice.SpeechHandle[] = [];

  constructor(options: LostRepliesOptions) {
    this.#options = options;
    options.session.on(voice.AgentSessionEventTypes.AgentStateChanged, ({ newState }) => {
      if (newState === 'speaking') this.#unheard = [];
    });
  }

  /** Once there is a connection again, asks anew for what was lost, unless something else has been said meanwhile. */
  async follow(state: ConnectionState): Promise<void> {
    const { session, speeches } = this.#options;
    if (state === 'reconnecting') {
      this.#unheard = session.agentState === 'speaking' ? [] : speeches.underWay;
      return;
    }
    const unheard = this.#unheard;
    if (unheard.length === 0) return;
    await Promise.all(unheard.map((speech) => speech.waitForPlayout()));
    if (this.#unheard !== unheard || speeches.underWay.length > 0) return;
    this.#unheard = [];
    if (unheard.some(({ interrupted }) => interrupted)) return;
    await this.#forget(unheard);
    session.generateReply();
  }

  /** What nobody heard was not said. */
  async #forget(speeches: readonly voice.SpeechHandle[]): Promise<void> {
    const { session, assistant } = this.#options;
    const unsaid = new Set(
      speeches
        .flatMap(({ chatItems }) => chatItems)
        .flatMap((item) => (item.type === 'message' && item.role === 'assistant' ? [item.id] : [])),
    );
    session.history.items = session.history.items.filter(({ id }) => !unsaid.has(id));
    const known = assistant().chatCtx.copy();
    known.items = known.items.filter(({ id }) => !unsaid.has(id));
    await assistant().updateChatCtx(known);
  }
}

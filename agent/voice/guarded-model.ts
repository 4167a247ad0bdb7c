import { llm } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { Briefing } from './voice.ts';

/** What is to be heard of a frame of the microphone. */
export interface Ear {
  pass(frame: AudioFrame): AudioFrame[];
}

/**
 * A provider's model whose failures cost its own session and nothing else: in agents 1.9.0 an error that is not
 * recoverable closes the whole conversation, and one that is told when nobody listens any more ends the process.
 */
export class GuardedModel extends llm.RealtimeModel {
  readonly #model: llm.RealtimeModel;
  readonly #onLost: (error: Error) => void;
  #session: llm.RealtimeSession;
  #handedOut = false;
  #ear: Ear = { pass: (frame) => [frame] };

  /** Opens a session at once, so that one that cannot be opened throws here. `onLost` may be called more than once. */
  constructor(model: llm.RealtimeModel, onLost: (error: Error) => void) {
    super(model.capabilities);
    this.#model = model;
    this.#onLost = onLost;
    this.#session = this.#open();
  }

  override get capabilities(): llm.RealtimeCapabilities {
    return this.#model.capabilities;
  }

  override get model(): string {
    return this.#model.model;
  }

  override get provider(): string {
    return this.#model.provider;
  }

  override label(): string {
    return this.#model.label();
  }

  /** The session that was opened last. */
  get current(): llm.RealtimeSession {
    return this.#session;
  }

  /** From now on the service hears only what passes here. */
  hearThrough(ear: Ear): void {
    this.#ear = ear;
  }

  override session(): llm.RealtimeSession {
    if (this.#handedOut) this.#session = this.#open();
    this.#handedOut = true;
    return this.#session;
  }

  /**
   * Tells the session all that it has to know before anything depends on it, so that it can be connected while something
   * else still answers. The framework tells it again when it takes over; only news since then goes on.
   */
  async prepare({ instructions, history, tools }: Briefing): Promise<void> {
    const session = this.#session;
    const update = session._updateSession.bind(session);
    session._updateSession = async (_instructions, later) => {
      session._updateSession = update;
      if (later && !later.isEquivalent(history)) await session.updateChatCtx(later);
    };
    await update(instructions, history, new llm.ToolContext(tools));
  }

  override async close(): Promise<void> {
    if (!this.#handedOut) await this.#session.close();
    await this.#model.close();
  }

  #open(): llm.RealtimeSession {
    const session = this.#model.session();
    // First of the listeners, so that the framework finds the error as it is left here.
    session.on('error', (event: unknown) => this.#soften(event));
    // The framework has no place of its own between a microphone and the session of a provider.
    const push = session.pushAudio.bind(session);
    session.pushAudio = (frame) => {
      for (const heard of this.#ear.pass(frame)) push(heard);
    };
    return session;
  }

  #soften(event: unknown): void {
    if (typeof event !== 'object' || event === null) {
      this.#onLost(new Error(String(event)));
      return;
    }
    const { recoverable, error } = event as Partial<llm.RealtimeModelError>;
    if (recoverable === true) return;
    const cause = event instanceof Error ? event : (error ?? new Error('The provider gave up.'));
    Object.assign(event, { type: 'realtime_model_error', recoverable: true, error: cause });
    this.#onLost(cause);
  }
}

import { type llm, voice } from '@livekit/agents';
import { vi } from 'vitest';
import { recorded } from '../../e2e/fixtures/spoken/recordings.ts';
import type { ProviderObserver } from './provider.ts';
import { lineRateHz, Loudspeaker, Microphone } from './test-line.ts';

/** All that a provider told of itself. */
export class Told implements ProviderObserver {
  readonly connections: string[] = [];
  readonly problems: { code: string; detail: string }[] = [];

  connection(state: string): void {
    this.connections.push(state);
  }
  problem(code: string, detail: string): void {
    this.problems.push({ code, detail });
  }
  viseme(): void {
    return;
  }
  approve(): Promise<boolean> {
    return Promise.resolve(false);
  }
  toolStarted(): void {
    return;
  }
  toolFinished(): void {
    return;
  }
}

export interface TestCallOptions {
  readonly model: llm.RealtimeModel;
  readonly instructions?: string;
  readonly tools?: llm.ToolContextLike;
  readonly chatCtx?: llm.ChatContext;
  readonly byHand?: boolean;
}

/** A conversation in real time and with real speech between a person and a provider, without a room. */
export class TestCall {
  readonly session: voice.AgentSession;
  readonly loudspeaker = new Loudspeaker();
  /** What the provider wrote down of the person, when it was final. */
  readonly heard: string[] = [];
  readonly closed: string[] = [];
  readonly errors: unknown[] = [];
  readonly #microphone = new Microphone();

  private constructor(options: TestCallOptions) {
    this.session = new voice.AgentSession({
      llm: options.model,
      vad: null,
      aecWarmupDuration: null,
      turnHandling: options.byHand
        ? { turnDetection: 'manual', endpointing: { minDelay: 0, maxDelay: 0 } }
        : { turnDetection: null },
    });
    this.session.input.audio = this.#microphone;
    this.session.output.audio = this.loudspeaker;
    const { AgentSessionEventTypes: types } = voice;
    this.session.on(types.UserInputTranscribed, ({ transcript, isFinal }) => {
      if (isFinal) this.heard.push(transcript);
    });
    this.session.on(types.Error, ({ error }) => this.errors.push(error));
    this.session.on(types.Close, ({ reason }) => this.closed.push(reason));
  }

  static async start(options: TestCallOptions): Promise<TestCall> {
    const call = new TestCall(options);
    if (options.byHand) call.session.input.setAudioEnabled(false);
    await call.session.start({
      agent: new voice.Agent({
        instructions: options.instructions ?? 'Answer briefly.',
        ...(options.tools && { tools: options.tools }),
        ...(options.chatCtx && { chatCtx: options.chatCtx }),
      }),
      record: false,
    });
    return call;
  }

  /** Speaks; resolves when the last word has gone into the microphone. */
  async say(text: string): Promise<void> {
    const speech = recorded(text, lineRateHz);
    await new Promise<void>((resolve) => this.#microphone.play(speech, resolve));
  }

  /** What the assistant said, as it stands in the history: of a cut reply what was heard. */
  get replies(): { text: string; interrupted: boolean }[] {
    return this.session.history.items.flatMap((item) =>
      item.type === 'message' && item.role === 'assistant'
        ? [{ text: item.textContent ?? '', interrupted: item.interrupted }]
        : [],
    );
  }

  /** Resolves with the reply that has this in it, once it is in the history. */
  async reply(pattern: RegExp, timeoutMs = 30_000): Promise<string> {
    const found = () => this.replies.find(({ text }) => pattern.test(text))?.text;
    return vi.waitFor(
      () => {
        const text = found();
        if (text === undefined)
          throw new Error(`No reply has ${pattern} in it: ${JSON.stringify(this.replies)}`);
        return text;
      },
      { timeout: timeoutMs },
    );
  }

  async end(): Promise<void> {
    await this.session.close();
    await this.#microphone.close();
  }
}

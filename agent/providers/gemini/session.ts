import { llm } from '@livekit/agents';
import type { realtime } from '@livekit/agents-plugin-google';
import type { AudioFrame } from '@livekit/rtc-node';
import type { Picture } from '../eyes.ts';
import { durationMs, isLoud, whole } from '../input-frame.ts';
import { letReadersLeave } from '../leavable-streams.ts';
import type { ProviderObserver } from '../provider.ts';
import type { Line } from './line.ts';

export type PluginSession = ReturnType<realtime.RealtimeModel['session']>;

/** What the plugin keeps to itself, in 1.9.0, and has no other way to. */
interface PluginPrivate {
  markRestartNeeded(): void;
  inUserActivity: boolean;
  readonly pendingToolCallIds: ReadonlySet<string>;
}

/** Sound that waits for a connection or a tool; older sound is dropped. */
const longestWaitMs = 20_000;

/** The plugin's session between the framework and the line, for what goes wrong on that side. */
export class GeminiSession extends llm.RealtimeSession {
  readonly #plugin: PluginSession;
  readonly #private: PluginPrivate;
  readonly #line: Line;
  readonly #observer: ProviderObserver;
  readonly #waiting: AudioFrame[] = [];
  #waitingMs = 0;
  #announcing = false;

  constructor(
    model: llm.RealtimeModel,
    plugin: PluginSession,
    line: Line,
    observer: ProviderObserver,
  ) {
    super(model);
    this.#plugin = plugin;
    this.#private = plugin as unknown as PluginPrivate;
    this.#line = line;
    this.#observer = observer;
    line.attach({
      observer,
      restart: () => this.#restart(),
      onEnd: ({ detail }) => this.#fail(new Error(detail)),
    });
    plugin.on('generation_created', (event: llm.GenerationCreatedEvent) => {
      letReadersLeave(event);
      this.emit('generation_created', event);
    });
    for (const name of passedOn) {
      plugin.on(name, (event: unknown) => this.emit(name, event));
    }
    plugin.on('input_speech_started', (event: unknown) => this.#announce(event));
    plugin.on('input_speech_stopped', (event: unknown) => {
      if (!this.#manual) this.emit('input_speech_stopped', event);
    });
    // Only what the line did not foresee. Without a listener it would end the process.
    plugin.on('error', ({ error }: { error: Error }) => this.#fail(error));
  }

  override get chatCtx(): llm.ChatContext {
    return this.#plugin.chatCtx;
  }

  override get tools(): llm.ToolContext {
    return this.#plugin.tools;
  }

  override async updateInstructions(instructions: string): Promise<void> {
    await this.#plugin.updateInstructions(instructions);
    // The plugin hands them to a running session as something that the model said; a new connection takes them for what they are.
    if (this.#line.begun) this.#restart();
  }

  override async updateChatCtx(chatCtx: llm.ChatContext): Promise<void> {
    await this.#plugin.updateChatCtx(chatCtx);
  }

  override async updateTools(tools: llm.ToolContext): Promise<void> {
    await this.#plugin.updateTools(tools);
    this.#private.inUserActivity = false;
    this.#line.configured();
  }

  /** A choice of tools for one reply is not in this protocol. */
  override updateOptions(): void {
    return;
  }

  /** The plugin drops sound while a tool runs, and queues it without end while there is no connection. Here it waits. */
  override pushAudio(frame: AudioFrame): void {
    this.#line.heard(isLoud(frame));
    this.#waiting.push(whole(frame));
    this.#waitingMs += durationMs(frame);
    while (this.#waitingMs > longestWaitMs) {
      const dropped = this.#waiting.shift();
      if (dropped) this.#waitingMs -= durationMs(dropped);
    }
    if (this.#line.isUp && this.#private.pendingToolCallIds.size === 0) this.#send();
  }

  /** Shows a picture. While a tool runs the service takes nothing else. */
  see({ jpeg }: Picture): void {
    if (this.#private.pendingToolCallIds.size === 0) this.#line.show(jpeg);
  }

  /** The plugin counts five seconds from the call, connected or not, and nobody hears of its refusal. */
  override async generateReply(
    instructions?: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<llm.GenerationCreatedEvent> {
    await this.#line.whenUp();
    this.#line.asked();
    if (this.#waiting.length > 0) this.#send();
    try {
      return await this.#plugin.generateReply(instructions, options);
    } catch (error) {
      if (error instanceof Error && error.message.includes('timed out')) {
        this.#observer.problem('provider_unreachable', 'Gemini did not begin to answer in time.');
      }
      throw error;
    }
  }

  /** A turn by hand ends with the reply that is asked for; the protocol has nothing else. */
  override async commitAudio(): Promise<void> {
    await this.#plugin.commitAudio();
  }

  /** Nothing on the wire takes back what was said in a turn by hand, so its connection goes. */
  override clearAudio(): Promise<void> {
    this.#waiting.length = 0;
    this.#waitingMs = 0;
    if (this.#private.inUserActivity) this.#restart();
    return Promise.resolve();
  }

  /**
   * The plugin says "speech started" at the head of every reply, at which the framework interrupts: that must neither put the
   * plugin into waiting for the end of a reply that has only begun, nor start a turn by hand.
   */
  override async interrupt(): Promise<void> {
    if (!this.#announcing) await this.#plugin.interrupt();
  }

  override truncate(): Promise<void> {
    return Promise.resolve();
  }

  override startUserActivity(): void {
    if (this.#line.isUp) this.#plugin.startUserActivity();
  }

  override async close(): Promise<void> {
    await super.close();
    this.#line.close();
    await this.#plugin.close();
  }

  get #manual(): boolean {
    return this.#plugin.manualActivityDetection;
  }

  #send(): void {
    // The first sound after a turn by hand begins the next one: there is no other sign of it.
    if (this.#manual) this.#plugin.startUserActivity();
    for (const frame of this.#waiting.splice(0)) this.#plugin.pushAudio(frame);
    this.#waitingMs = 0;
  }

  #announce(event: unknown): void {
    if (this.#manual) return;
    this.#announcing = true;
    this.emit('input_speech_started', event);
    this.#announcing = false;
  }

  #restart(): void {
    this.#private.inUserActivity = false;
    this.#line.leave();
    this.#private.markRestartNeeded();
  }

  #fail(error: Error): void {
    if (this.listenerCount('error') === 0) return;
    this.emit('error', {
      type: 'realtime_model_error',
      timestamp: Date.now(),
      label: this.realtimeModel.label(),
      error,
      recoverable: false,
    } satisfies llm.RealtimeModelError);
  }
}

const passedOn = ['input_audio_transcription_completed', 'metrics_collected'] as const;

import { llm } from '@livekit/agents';
import { realtime } from '@livekit/agents-plugin-google';
import type { Eyes } from '../eyes.ts';
import type { ProviderObserver } from '../provider.ts';
import { Line } from './line.ts';
import { GeminiSession } from './session.ts';

/** The service looks at one frame a second and no more, https://ai.google.dev/gemini-api/docs/live-api. */
const speakingMs = 1000;
/** Each frame costs 258 tokens, with every turn that follows. */
const restingMs = 8000;

export type GeminiOptions = NonNullable<ConstructorParameters<typeof realtime.RealtimeModel>[0]>;

/** Gemini Live by the published plugin, with its traps guarded (see `Line` and `GeminiSession`). */
export class GeminiModel extends llm.RealtimeModel {
  readonly #plugin: realtime.RealtimeModel;
  readonly #observer: ProviderObserver;
  #newest: GeminiSession | undefined;

  readonly eyes: Eyes = {
    speakingMs,
    restingMs,
    see: (picture) => this.#newest?.see(picture),
    // What was shown can be taken back by nothing on this wire.
    forget: () => undefined,
  };

  constructor(options: GeminiOptions, observer: ProviderObserver) {
    // Tries are counted and spaced by the line; the plugin's own count would end it in a rejection that nobody handles.
    const plugin = new realtime.RealtimeModel({
      ...options,
      connOptions: { maxRetry: Number.MAX_SAFE_INTEGER, retryIntervalMs: 0, timeoutMs: 10_000 },
    });
    super(plugin.capabilities);
    this.#plugin = plugin;
    this.#observer = observer;
  }

  override get model(): string {
    return this.#plugin.model;
  }

  override get provider(): string {
    return 'generativelanguage.googleapis.com';
  }

  override label(): string {
    return this.#plugin.label();
  }

  override session(): GeminiSession {
    const line = new Line(this.#observer);
    const plugin = Line.through(line, () => this.#plugin.session());
    this.#newest = new GeminiSession(this, plugin, line, this.#observer);
    return this.#newest;
  }

  override async close(): Promise<void> {
    await this.#plugin.close();
  }
}

import { llm } from '@livekit/agents';
import { realtime } from '@livekit/agents-plugin-google';
import type { ProviderObserver } from '../provider.ts';
import { Line } from './line.ts';
import { GeminiSession } from './session.ts';

export type GeminiOptions = NonNullable<ConstructorParameters<typeof realtime.RealtimeModel>[0]>;

/** Gemini Live by the published plugin, with its traps guarded (see `Line` and `GeminiSession`). */
export class GeminiModel extends llm.RealtimeModel {
  readonly #plugin: realtime.RealtimeModel;
  readonly #observer: ProviderObserver;

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
    return new GeminiSession(this, plugin, line, this.#observer);
  }

  override async close(): Promise<void> {
    await this.#plugin.close();
  }
}

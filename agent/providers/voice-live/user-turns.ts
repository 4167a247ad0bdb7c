import type { llm } from '@livekit/agents';

/** What the person said, as the service writes it down. The framework wants the whole text each time. */
export class UserTurns {
  readonly #partial = new Map<string, Map<number, string>>();
  readonly #startedAt = new Map<string, number>();

  started(itemId: string): void {
    this.#startedAt.set(itemId, Date.now());
  }

  delta(itemId: string, contentIndex: number, delta: string): llm.InputTranscriptionCompleted {
    const parts = this.#partial.get(itemId) ?? new Map<number, string>();
    parts.set(contentIndex, (parts.get(contentIndex) ?? '') + delta);
    this.#partial.set(itemId, parts);
    return { itemId, transcript: [...parts.values()].join(' '), isFinal: false };
  }

  /** Undefined where nothing was said and nothing has been shown. */
  completed(itemId: string, transcript: string): llm.InputTranscriptionCompleted | undefined {
    const wasShown = this.#partial.delete(itemId);
    if (transcript.trim() === '' && !wasShown) return undefined;
    const turnStartedAt = this.#startedAt.get(itemId);
    this.#startedAt.delete(itemId);
    return {
      itemId,
      transcript,
      isFinal: true,
      ...(turnStartedAt === undefined ? {} : { turnStartedAt }),
    };
  }

  /** What had been understood until it failed stands. */
  failed(itemId: string): llm.InputTranscriptionCompleted | undefined {
    const parts = this.#partial.get(itemId);
    return this.completed(itemId, parts ? [...parts.values()].join(' ') : '');
  }

  /** With the connection: the sound of what is unfinished is sent again and written down anew. */
  lost(): void {
    this.#partial.clear();
    this.#startedAt.clear();
  }
}

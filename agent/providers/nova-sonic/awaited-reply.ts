import { llm } from '@livekit/agents';

/** A reply that somebody asked for with `generateReply` and that has not begun. */
export class AwaitedReply {
  readonly promise: Promise<llm.GenerationCreatedEvent>;
  #resolve!: (event: llm.GenerationCreatedEvent) => void;
  #reject!: (error: Error) => void;
  readonly #timer: NodeJS.Timeout;

  /** `onTimeout` is called when no reply has begun within `timeoutMs`. */
  constructor(timeoutMs: number, onTimeout: () => void) {
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.promise.catch(() => undefined);
    this.#timer = setTimeout(onTimeout, timeoutMs);
  }

  begin(event: llm.GenerationCreatedEvent): void {
    clearTimeout(this.#timer);
    this.#resolve(event);
  }

  /** Rejects with an `llm.RealtimeError`. */
  fail(reason: string): void {
    clearTimeout(this.#timer);
    this.#reject(new llm.RealtimeError(reason));
  }
}

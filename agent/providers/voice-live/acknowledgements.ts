import { Future, llm } from '@livekit/agents';

interface Awaited<T> {
  readonly done: Future<T>;
  readonly eventId: string;
}

/** Answers of the service that somebody waits for, by what they are about. */
export class Acknowledgements<T> {
  readonly #awaited = new Map<string, Awaited<T>>();
  readonly #timeoutMs: number;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Rejects with a `RealtimeError` where the service refuses `eventId`, does not answer in time, or is lost. */
  async of(subject: string, eventId: string): Promise<T> {
    const done = new Future<T>();
    this.#awaited.set(subject, { done, eventId });
    const timer = setTimeout(
      () => done.reject(new llm.RealtimeError('Azure Voice Live did not answer in time.')),
      this.#timeoutMs,
    );
    try {
      return await done.await;
    } finally {
      clearTimeout(timer);
      if (this.#awaited.get(subject)?.done === done) this.#awaited.delete(subject);
    }
  }

  acknowledge(subject: string, answer: T): void {
    this.#awaited.get(subject)?.done.resolve(answer);
    this.#awaited.delete(subject);
  }

  /** Whether somebody was waiting for it. */
  refuse(eventId: string, message: string): boolean {
    const found = [...this.#awaited].find(([, awaited]) => awaited.eventId === eventId);
    if (!found) return false;
    this.#awaited.delete(found[0]);
    found[1].done.reject(new llm.RealtimeError(message));
    return true;
  }

  refuseAll(message: string): void {
    for (const { done } of this.#awaited.values()) done.reject(new llm.RealtimeError(message));
    this.#awaited.clear();
  }
}

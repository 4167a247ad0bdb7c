import { setTimeout as delay } from 'node:timers/promises';
import type { ProblemCode } from '#protocol/problems.ts';
import type { ProviderObserver } from './provider.ts';

/** Why there is no connection. */
export interface Loss {
  readonly code: ProblemCode;
  /** For a person; without secrets. */
  readonly detail: string;
  /** Whether another try would come to the same. */
  readonly final: boolean;
}

const pausesMs = [0, 500, 1000, 2000, 4000, 8000, 8000, 8000];

/** One provider's tries to be connected: how long to wait before the next, when to give up, and what is told of it. */
export class Attempts {
  readonly #observer: ProviderObserver;
  readonly #over = new AbortController();
  #failures = 0;
  #reported: ProblemCode | undefined;
  #renewing = false;

  constructor(observer: ProviderObserver) {
    this.#observer = observer;
  }

  get over(): boolean {
    return this.#over.signal.aborted;
  }

  /** Resolves when the next try is due; at once when there will be none, so ask `over`. */
  async due(): Promise<void> {
    const pauseMs = pausesMs[this.#failures] ?? 0;
    const { signal } = this.#over;
    if (pauseMs === 0 || signal.aborted) return;
    await delay(pauseMs, undefined, { signal }).catch(() => undefined);
  }

  /** The service has accepted the session. It may still refuse the first words, so that is no success yet. */
  accepted(detail: string): void {
    this.#reported = undefined;
    this.#observer.connection(this.#renewing ? 'renewed' : 'connected', detail);
    this.#renewing = false;
  }

  /** The service has answered: whatever fails from here on is a new failure. */
  answered(): void {
    this.#failures = 0;
  }

  /** A new connection is about to take over, because the service asks for it. */
  renewing(): void {
    this.#renewing = true;
  }

  /** A connection that had been accepted is gone. True if another one is worth trying. */
  lost(loss: Loss): boolean {
    if (this.over) return false;
    this.#observer.connection('reconnecting', loss.detail);
    return this.failed(loss);
  }

  /** A try came to nothing. True if another is worth it. Each reason is told once until there is a connection again. */
  failed({ code, detail, final }: Loss): boolean {
    if (this.over) return false;
    this.#renewing = false;
    this.#failures += 1;
    const another = !final && this.#failures < pausesMs.length;
    const told = code !== this.#reported;
    // The first loss of a good connection is mended unheard; it is a problem only where it happens again.
    if (told && (this.#failures > 1 || !another || code !== 'provider_unreachable')) {
      this.#reported = code;
      this.#observer.problem(code, detail);
    }
    if (!another) this.stop();
    return another;
  }

  stop(): void {
    this.#over.abort();
  }
}

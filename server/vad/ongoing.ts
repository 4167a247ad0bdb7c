import { setTimeout as sleep } from 'node:timers/promises';
import { VadFailure } from './failure.ts';

/** How long those that were told may take to say so to their clients, in ms. */
const lastWordsMs = 1000;

/** Recordings or streams that are under way, so that a service that stops leaves none of them without an answer. */
export class Ongoing {
  readonly #ends = new Set<(why: VadFailure) => void>();
  readonly #onNone = new Set<() => void>();

  /** `end` is to make it end with an answer that says why. Returns what to call once it has ended, in whatever way. */
  add(end: (why: VadFailure) => void): () => void {
    this.#ends.add(end);
    return () => {
      this.#ends.delete(end);
      if (this.#ends.size === 0) this.#onNone.forEach((tell) => tell());
    };
  }

  /** Resolves when none is left. Each may come to its end by itself for `graceMs`; the rest are told that the service stops. */
  async drain(graceMs: number): Promise<void> {
    if (this.#ends.size === 0) return;
    const none = new Promise<void>((resolve) => this.#onNone.add(resolve));
    const over = new AbortController();
    const after = (ms: number) =>
      sleep(ms, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([none, after(graceMs)]);
    for (const end of [...this.#ends]) end(stopping());
    if (this.#ends.size > 0) await Promise.race([none, after(lastWordsMs)]);
    over.abort();
  }
}

function stopping(): VadFailure {
  return new VadFailure(503, {
    code: 'stopping',
    message: 'The service is being stopped.',
    cure: 'Send the same request again in a moment.',
  });
}

import type { Generation } from './generation.ts';

/** The framework takes a reply in which nothing happens for over after 10 s; this comes before it, in ms. */
const patienceMs = 9000;
/** Enough of the last words to find the place. */
const rememberedLength = 120;

/** A reply that lost its connection while it was spoken, until another connection goes on with it. */
export class UnfinishedReply {
  readonly #onClosed: (reply: Generation) => void;
  #kept: { readonly reply: Generation; readonly sinceMs: number } | undefined;

  /** `onClosed` is told of a reply that nobody goes on with. */
  constructor(onClosed: (reply: Generation) => void) {
    this.#onClosed = onClosed;
  }

  get reply(): Generation | undefined {
    return this.#kept?.reply;
  }

  keep(reply: Generation): void {
    this.#kept = { reply, sinceMs: performance.now() };
  }

  /** Hands the reply to a connection. */
  resume(): Generation | undefined {
    const reply = this.#kept?.reply;
    this.#kept = undefined;
    reply?.resume();
    return reply;
  }

  /** Nobody will go on with it. */
  drop(): void {
    const reply = this.#kept?.reply;
    this.#kept = undefined;
    if (!reply) return;
    reply.close(true);
    this.#onClosed(reply);
  }

  /** Gives it up where no connection comes in time. Returns whether it did. */
  expire(): boolean {
    if (!this.#kept || performance.now() - this.#kept.sinceMs < patienceMs) return false;
    this.drop();
    return true;
  }
}

/** Asks a model that knows from the history what was said to say the rest of it. */
export function goOnAfter(said: string): string {
  const last = said.slice(-rememberedLength).replace(/^\S*\s/u, '');
  return (
    `(A technical matter has stopped you while you were speaking; nobody has noticed. The last that was heard of you is: "${last}" ` +
    'Go on from exactly where you stopped: begin with the very next word, repeat nothing, and say nothing about this.)'
  );
}

/** How long sound of a cut reply may still be on its way after the agent has dropped the rest, in ms. */
export const drainMs = 250;

/** A cut that nobody confirms is given up after this long, in ms: better old words than none. */
const giveUpMs = 9000;

/** The same for a cut that the agent need not answer, because it came with a message. */
export const unansweredCutMs = 2000;

/** After this long with no word of a cut, a reply that starts is a new one, in ms. */
const newReplyMs = 600;

/**
 * Decides how long the assistant stays silenced in this page. It closes at once when the person cuts in, and opens so
 * early that no sound of the next reply is lost: a moment after the agent has dropped the old one, when the cut
 * failed, or when a new reply begins. Times are ms on any steady clock.
 */
export class Duck {
  #closedAtMs: number | undefined;
  #openAtMs = 0;
  readonly #apply: (closed: boolean) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(apply: (closed: boolean) => void) {
    this.#apply = apply;
  }

  get closed(): boolean {
    return this.#closedAtMs !== undefined;
  }

  /** The person cut in. It stays closed for `longestMs` at most. */
  cut(nowMs: number, longestMs = giveUpMs): void {
    if (!this.closed) this.#apply(true);
    this.#closedAtMs = nowMs;
    this.#openAt(nowMs + longestMs, nowMs);
  }

  /** The agent has dropped the reply, or has come to the end of it. */
  dropped(nowMs: number): void {
    if (!this.closed) return;
    this.#openAt(Math.min(this.#openAtMs, nowMs + drainMs), nowMs);
  }

  /** The agent began to speak. Right after a cut this may still be news of the reply that was cut. */
  replyBegan(nowMs: number): void {
    if (this.#closedAtMs === undefined) return;
    const openAtMs = Math.max(nowMs, this.#closedAtMs + newReplyMs);
    this.#openAt(Math.min(this.#openAtMs, openAtMs), nowMs);
  }

  /** The cut did not reach the agent, or there is no agent any more. */
  open(): void {
    clearTimeout(this.#timer);
    if (!this.closed) return;
    this.#closedAtMs = undefined;
    this.#apply(false);
  }

  #openAt(openAtMs: number, nowMs: number): void {
    this.#openAtMs = openAtMs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(), Math.max(0, openAtMs - nowMs));
  }
}

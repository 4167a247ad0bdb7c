/** How long sound of a cut reply is on its way at least after the agent has dropped the rest, in ms. */
export const drainMs = 250;

/** And at most. Firefox on a busy machine keeps back up to 700 ms of what has arrived. */
export const longestDrainMs = 1200;

/** A cut that nobody confirms is given up after this long, in ms: better old words than none. */
const giveUpMs = 9000;

/** The same for a cut that the agent need not answer, because it came with a message. */
export const unansweredCutMs = 2000;

/** After this long with no word of a cut, a reply that starts is a new one, in ms. */
const newReplyMs = 600;

/**
 * Decides how long the assistant stays silenced in this page. It closes at once when the person cuts in, and opens so
 * early that no sound of the next reply is lost: when the agent has dropped the old one and no more of it arrives, when
 * the cut failed, or when a new reply begins. Times are ms on any steady clock.
 */
export class Duck {
  #closedAtMs: number | undefined;
  /** When it opens at the latest, whatever comes. */
  #giveUpAtMs = 0;
  /** When the agent had dropped what was cut; undefined as long as that is not known. */
  #droppedAtMs: number | undefined;
  #newReplyAtMs: number | undefined;
  #arrives = false;
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
    this.#giveUpAtMs = nowMs + longestMs;
    this.#droppedAtMs = this.#newReplyAtMs = undefined;
    this.#plan(nowMs);
  }

  /** Whether sound of the assistant arrives in this page now, let through or not. */
  arrives(arrives: boolean, nowMs: number): void {
    this.#arrives = arrives;
    this.#plan(nowMs);
  }

  /** The agent has dropped the reply, or has come to the end of it. */
  dropped(nowMs: number): void {
    this.#droppedAtMs ??= nowMs;
    this.#plan(nowMs);
  }

  /** The agent began to speak. Right after a cut this may still be news of the reply that was cut. */
  replyBegan(nowMs: number): void {
    this.#newReplyAtMs ??= nowMs;
    this.#plan(nowMs);
  }

  /** The cut did not reach the agent, or there is no agent any more. */
  open(): void {
    clearTimeout(this.#timer);
    if (!this.closed) return;
    this.#closedAtMs = undefined;
    this.#apply(false);
  }

  #plan(nowMs: number): void {
    if (this.#closedAtMs === undefined) return;
    const drainedAfterMs = this.#arrives ? longestDrainMs : drainMs;
    const openAtMs = Math.min(
      this.#giveUpAtMs,
      (this.#droppedAtMs ?? Infinity) + drainedAfterMs,
      Math.max(this.#newReplyAtMs ?? Infinity, this.#closedAtMs + newReplyMs),
    );
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(), Math.max(0, openAtMs - nowMs));
  }
}

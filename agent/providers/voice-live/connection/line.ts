import { setTimeout as delay } from 'node:timers/promises';
import { VoiceLiveError } from './failure.ts';
import type { Socket } from './socket.ts';

/** `renewed`: the one before it was still alive. */
export type HowUp = 'first' | 'again' | 'renewed';

interface LineOptions {
  readonly open: (signal: AbortSignal) => Promise<Socket>;
  /** This socket is in use from now on, and knows nothing yet. */
  readonly onUp: (socket: Socket, how: HowUp) => void;
  readonly onDown: (why: VoiceLiveError) => void;
  /** A try to connect came to nothing. `final`: there will be no other. */
  readonly onFailure: (why: VoiceLiveError, final: boolean) => void;
  /** Whether a change of sockets would go unheard now. */
  readonly isQuiet: () => boolean;
  readonly renewAfterMs: number;
}

const firstDelayMs = 500;
const longestDelayMs = 30_000;
const longestAskedDelayMs = 120_000;
/** A connection that lasted this long was a good one: the next try comes at once. */
const stableMs = 5_000;
const quietCheckMs = 250;
const renewalRetryMs = 10_000;

/** How long to wait before the try after `failures` (from 0) in a row, in ms; the service's own wish goes first. */
export function retryDelayMs(
  failures: number,
  askedMs: number | undefined,
  random: number,
): number {
  if (askedMs !== undefined) return Math.min(askedMs, longestAskedDelayMs);
  const exponential = Math.min(firstDelayMs * 2 ** failures, longestDelayMs);
  return exponential * (0.8 + 0.4 * random);
}

/** Keeps one connection up until it is closed, or the credentials are refused for good. */
export class Line {
  readonly #options: LineOptions;
  readonly #abort = new AbortController();
  #socket: Socket | undefined;

  constructor(options: LineOptions) {
    this.#options = options;
    void this.#run();
  }

  get socket(): Socket | undefined {
    return this.#socket;
  }

  close(): void {
    this.#abort.abort();
    this.#socket?.close();
    this.#socket = undefined;
  }

  async #run(): Promise<void> {
    const { open, onFailure } = this.#options;
    const { signal } = this.#abort;
    let failures = 0;
    let refusals = 0;
    let how: HowUp = 'first';
    while (!signal.aborted) {
      let askedMs: number | undefined;
      try {
        const socket = await open(signal);
        if (this.#isClosed()) {
          socket.close();
          return;
        }
        refusals = 0;
        const upSince = Date.now();
        await this.#use(socket, how);
        if (this.#isClosed()) return;
        how = 'again';
        if (Date.now() - upSince >= stableMs) {
          failures = 0;
          continue;
        }
      } catch (error) {
        if (this.#isClosed()) return;
        const failure = asFailure(error);
        askedMs = failure.retryAfterMs;
        if (failure.kind === 'refused') refusals += 1;
        // Credentials that have been good once get a second chance: keys are changed, and services err.
        const final = failure.kind === 'refused' && refusals > (how === 'first' ? 0 : 1);
        onFailure(failure, final);
        if (final) return;
      }
      const waitMs = retryDelayMs(failures, askedMs, Math.random());
      failures += 1;
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** A method, so that the compiler does not take what it was before an `await` for what it is after. */
  #isClosed(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Until the connection is lost; it may have been renewed on the way. */
  async #use(first: Socket, how: HowUp): Promise<void> {
    let socket = first;
    let howUp = how;
    for (;;) {
      this.#socket = socket;
      this.#options.onUp(socket, howUp);
      const renewal = new AbortController();
      const next = await Promise.race([
        socket.closed,
        this.#renewed(AbortSignal.any([renewal.signal, this.#abort.signal])),
      ]);
      renewal.abort();
      if (next instanceof VoiceLiveError) {
        this.#socket = undefined;
        if (!this.#isClosed()) this.#options.onDown(next);
        return;
      }
      const old = socket;
      socket = next;
      howUp = 'renewed';
      // After the new one has been taken into use, so that the end of the old one is nobody's loss.
      queueMicrotask(() => old.close());
    }
  }

  /** The next socket, open, at a moment when nobody notices. Never resolves once the signal is aborted. */
  async #renewed(signal: AbortSignal): Promise<Socket> {
    let waitMs = this.#options.renewAfterMs;
    for (;;) {
      if (!(await slept(waitMs, signal))) return new Promise(() => undefined);
      waitMs = quietCheckMs;
      if (!this.#options.isQuiet()) continue;
      try {
        const socket = await this.#options.open(signal);
        if (this.#options.isQuiet() && !signal.aborted) return socket;
        socket.close();
      } catch {
        // The old one still serves; a loss of that is reported when it comes.
      }
      waitMs = renewalRetryMs;
    }
  }
}

async function slept(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

function asFailure(error: unknown): VoiceLiveError {
  if (error instanceof VoiceLiveError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new VoiceLiveError('unreachable', `Azure Voice Live cannot be reached (${reason}).`);
}

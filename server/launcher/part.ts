import { spawn, type ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Guard } from './guard.ts';
import { followLog, type LogSinks } from './part-log.ts';
import { signalGroup } from './process-group.ts';

/** What a part is and how one knows that it answers. */
export interface PartPlan {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /**
   * Resolves when the part answers. The signal is aborted when it dies or is stopped. A part of ours says
   * `{kind: 'ready'}` over its channel; see `saysReady`.
   */
  readonly ready: (child: ChildProcess, signal: AbortSignal) => Promise<void>;
}

export type PartState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'waiting'; readonly reason: string; readonly forMs: number }
  | { readonly kind: 'stopped' };

const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** A part that has run for this long is taken to be sound: the next pause begins small again. */
const soundAfterMs = 60_000;
const secondSignalAfterMs = 1000;
const killAfterMs = 4000;
const lastWordsMs = 200;

/** One process that is kept running: started again, after growing pauses, whenever it dies. */
export class Part {
  readonly #plan: PartPlan;
  readonly #guard: Guard;
  readonly #sinks: LogSinks;
  readonly #onState: (state: PartState) => void;
  readonly #onMessage: (message: unknown) => void;
  readonly #stopping = new AbortController();
  #child: ChildProcess | undefined;
  #running: Promise<void> = Promise.resolve();
  #state: PartState = { kind: 'stopped' };

  constructor(
    plan: PartPlan,
    {
      guard,
      sinks,
      onState,
      onMessage = () => undefined,
    }: {
      guard: Guard;
      sinks: LogSinks;
      onState: (state: PartState) => void;
      onMessage?: ((message: unknown) => void) | undefined;
    },
  ) {
    this.#plan = plan;
    this.#guard = guard;
    this.#sinks = sinks;
    this.#onState = onState;
    this.#onMessage = onMessage;
  }

  get state(): PartState {
    return this.#state;
  }

  /** Resolves when the part answers for the first time. Rejects, and leaves it stopped, if it dies before that. */
  async start(): Promise<void> {
    this.#stopping.signal.throwIfAborted();
    const { child, ended, answers } = this.#launch();
    const early = ended.then((reason) => {
      throw new Error(reason);
    });
    early.catch(() => undefined);
    // When it dies, what it waited for fails too; the death says more.
    await Promise.race([answers.catch(() => early), early]);
    this.#running = this.#keepRunning(child, ended);
  }

  /** Sends `message` over the channel to the part, if it runs. */
  tell(message: object): void {
    if (this.#child?.connected) this.#child.send(message);
  }

  /** Resolves when the process and all that it started are gone. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      const timers = [
        setTimeout(() => child.kill('SIGINT'), secondSignalAfterMs),
        setTimeout(() => child.kill('SIGKILL'), killAfterMs),
      ];
      child.kill('SIGINT');
      await gone;
      timers.forEach(clearTimeout);
    }
    await this.#running;
    this.#enter({ kind: 'stopped' });
  }

  async #keepRunning(first: ChildProcess, firstEnded: Promise<string>): Promise<void> {
    let ended = firstEnded;
    let pauseMs = firstPauseMs;
    let startedAtMs = performance.now();
    this.#child = first;
    for (;;) {
      const reason = await ended;
      if (this.#isStopping()) return;
      if (performance.now() - startedAtMs > soundAfterMs) pauseMs = firstPauseMs;
      this.#enter({ kind: 'waiting', reason, forMs: pauseMs });
      await delay(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      if (this.#isStopping()) return;
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      startedAtMs = performance.now();
      const next = this.#launch();
      // Dying before it answers is handled like dying later: by the next round of this loop.
      next.answers.catch(() => undefined);
      ended = next.ended;
    }
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  #launch() {
    this.#enter({ kind: 'starting' });
    const { name, program, args, env, ready } = this.#plan;
    const child = spawn(program, args, {
      env,
      // A group of its own: Ctrl-C reaches the launcher alone, which then stops the parts in order.
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    const { pid } = child;
    if (pid !== undefined) this.#guard.add(pid);
    child.on('message', this.#onMessage);
    if (child.stdout) followLog(name, child.stdout, 'info', this.#sinks);
    if (child.stderr) followLog(name, child.stderr, 'warn', this.#sinks);

    const over = new AbortController();
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => {
        resolve(signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`);
      });
    }).then(async (reason) => {
      over.abort();
      // Its last words may still be in the pipes, which something that it started may hold open.
      await Promise.race([once(child, 'close'), delay(lastWordsMs)]);
      if (pid !== undefined) {
        // What it had started itself does not stay behind.
        signalGroup(pid, 'SIGKILL');
        this.#guard.remove(pid);
      }
      return reason;
    });
    const answers = ready(child, over.signal).then(() => {
      if (!over.signal.aborted) this.#enter({ kind: 'ready' });
    });
    return { child, ended, answers };
  }

  #enter(state: PartState): void {
    if (state.kind === this.#state.kind) return;
    this.#state = state;
    this.#onState(state);
  }
}

/** For parts of ours: they say so over the channel, maybe in one breath with something else. */
export async function saysReady(child: ChildProcess, signal: AbortSignal): Promise<void> {
  const messages = on(child, 'message', { signal }) as AsyncIterable<[{ kind?: unknown }]>;
  for await (const [message] of messages) if (message.kind === 'ready') return;
}

/** For parts that serve HTTP at `url`. */
export async function answersHttp(url: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const response = await fetch(url, { signal }).catch(() => undefined);
    if (response?.ok) return;
    await delay(100, undefined, { signal });
  }
}

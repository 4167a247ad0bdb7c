import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { Heartbeat } from './heartbeat.ts';

/** The environment variable by which the engine and its clients learn the socket's path. */
export const engineSocketVariable = 'PARLEY_ENGINE_SOCKET';

export type EngineState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready'; readonly pid: number }
  /** It died and is started again after `delayMs`. */
  | { readonly kind: 'restarting'; readonly reason: string; readonly delayMs: number }
  /** It cannot run at all here; the message says why and what to do. */
  | { readonly kind: 'failed'; readonly message: string };

export interface EngineSupervisorOptions {
  /** The module of the engine process, e.g. `dist/node/engine.js`. */
  readonly modulePath: string;
  /** Flags for Node itself, e.g. to run TypeScript. */
  readonly execArgv?: readonly string[];
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the engine listens. A fresh path by default. */
  readonly socketPath?: string;
}

/** The engine cannot start here, and trying again would not help. `message` is for a person. */
export class EngineStartError extends Error {
  override readonly name = 'EngineStartError';
}

/** What the engine process tells its parent. */
export const engineReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  /** Sent every `heartbeatMs` from then on. */
  z.object({ kind: z.literal('alive') }),
  /** It ends now; another try may succeed. */
  z.object({ kind: z.literal('failed'), message: z.string() }),
  /** It ends now, and would every time. */
  z.object({ kind: z.literal('hopeless'), message: z.string() }),
]);
export type EngineReport = z.infer<typeof engineReport>;

const restartDelaysMs = [0, 250, 1000, 3000, 10_000];
/** An engine that ran this long was sound; the next failure starts the delays anew. */
const soundAfterMs = 60_000;
const stopGraceMs = 3000;
/** An engine that has never run does not get better by trying for ever. */
const firstStartTries = 5;

/** Keeps one engine process running for as long as it is wanted. */
export class EngineSupervisor extends EventEmitter<{ state: [EngineState] }> {
  readonly socketPath: string;
  readonly #options: EngineSupervisorOptions;
  #state: EngineState = { kind: 'stopped' };
  #child: ChildProcess | undefined;
  #wanted: AbortController | undefined;
  #failures = 0;
  #everReady = false;

  constructor(options: EngineSupervisorOptions) {
    super();
    this.#options = options;
    this.socketPath = options.socketPath ?? freshSocketPath();
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Resolves when the engine answers. Rejects with `EngineStartError` when it cannot run here or was stopped. */
  async start(): Promise<void> {
    if (!this.#wanted) {
      this.#wanted = new AbortController();
      this.#failures = 0;
      this.#launch(this.#wanted.signal);
    }
    while (this.#underWay()) await once(this, 'state');
    const { state } = this;
    if (state.kind === 'failed') throw new EngineStartError(state.message);
    if (state.kind === 'stopped') throw new EngineStartError('The speech engine was stopped.');
  }

  /** Resolves when the process is gone. */
  async stop(): Promise<void> {
    this.#wanted?.abort();
    this.#wanted = undefined;
    const child = this.#child;
    if (child?.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const forced = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
      await gone;
      clearTimeout(forced);
    }
    if (process.platform !== 'win32') await rm(this.socketPath, { force: true });
    this.#enter({ kind: 'stopped' });
  }

  #underWay(): boolean {
    return this.#state.kind === 'starting' || this.#state.kind === 'restarting';
  }

  #launch(wanted: AbortSignal): void {
    this.#enter({ kind: 'starting' });
    const startedAt = performance.now();
    const child = fork(this.#options.modulePath, {
      env: { ...process.env, ...this.#options.env, [engineSocketVariable]: this.socketPath },
      // Not this process's own flags: a debugger's port, for one, can be had only once.
      execArgv: [...(this.#options.execArgv ?? [])],
      // A Ctrl-C in the terminal goes to the whole group; the parent alone decides when the engine stops.
      detached: process.platform !== 'win32',
    });
    this.#child = child;
    let hopeless: string | undefined;
    let reason: string | undefined;
    let heartbeat: Heartbeat | undefined;
    child.on('message', (message) => {
      const report = engineReport.safeParse(message);
      if (!report.success || wanted.aborted) return;
      if (report.data.kind === 'hopeless') hopeless = report.data.message;
      else if (report.data.kind === 'failed') reason = report.data.message;
      else if (report.data.kind === 'alive') heartbeat?.beat();
      else {
        heartbeat = new Heartbeat(() => {
          reason = 'It no longer answered.';
          child.kill('SIGKILL');
        });
        this.#ready(child.pid ?? 0);
      }
    });
    child.once('error', (error) => (reason ??= `It cannot be started: ${error.message}`));
    child.once('close', (code, signal) => {
      heartbeat?.stop();
      this.#child = undefined;
      if (wanted.aborted) return;
      reason ??= `It ended with ${signal ?? `code ${code}`}.`;
      if (performance.now() - startedAt > soundAfterMs) this.#failures = 0;
      if (!this.#everReady && this.#failures + 1 >= firstStartTries) {
        hopeless ??= `The speech engine does not start. ${reason}`;
      }
      if (hopeless === undefined) void this.#restart(wanted, reason);
      else this.#giveUp(hopeless);
    });
  }

  #ready(pid: number): void {
    this.#everReady = true;
    this.#enter({ kind: 'ready', pid });
  }

  #giveUp(message: string): void {
    this.#wanted = undefined;
    this.#enter({ kind: 'failed', message });
  }

  async #restart(wanted: AbortSignal, reason: string): Promise<void> {
    const delayMs = restartDelaysMs[Math.min(this.#failures, restartDelaysMs.length - 1)] ?? 0;
    this.#failures += 1;
    this.#enter({ kind: 'restarting', reason, delayMs });
    await delay(delayMs, undefined, { signal: wanted }).catch(() => undefined);
    if (!wanted.aborted) this.#launch(wanted);
  }

  #enter(state: EngineState): void {
    this.#state = state;
    this.emit('state', state);
  }
}

/** Windows has named pipes where others have socket files; a socket file's path may have only about 100 bytes. */
function freshSocketPath(): string {
  const name = `parley-engine-${process.pid}-${randomUUID().slice(0, 8)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

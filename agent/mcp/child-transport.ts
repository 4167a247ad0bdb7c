import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { ReadBuffer, serializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import spawn from 'cross-spawn';
import { endWithThisProcess, groupIsAlive, signalGroup } from './process-group.ts';

interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | undefined;
}

/** How long a server has to go by itself, and then after SIGTERM, in ms. */
const graceMs = 1000;
const mostErrorText = 2000;

/** What a program needs to run at all. Everything else in our environment may be a secret. */
const inherited =
  process.platform === 'win32'
    ? ['PATH', 'PATHEXT', 'SYSTEMROOT', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'TEMP']
    : ['PATH', 'HOME'];

/**
 * MCP over the stdin and stdout of a child process. The SDK has such a transport too, but it hands more of our
 * environment on and ends only the process that it started: what `npx` and the like have started would live on.
 */
export class ChildTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #command: Command;
  readonly #incoming = new ReadBuffer();
  #child: ChildProcess | undefined;
  #closing: Promise<void> | undefined;
  #errorText = '';

  constructor(command: Command) {
    this.#command = command;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** The last that the server wrote to stderr. */
  get errorText(): string {
    return this.#errorText.trim();
  }

  /** Throws if the program cannot be started. */
  async start(): Promise<void> {
    const { command, args, env, cwd } = this.#command;
    const child = spawn(command, [...args], {
      env: { ...inheritedEnvironment(), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      detached: process.platform !== 'win32',
      ...(cwd === undefined ? {} : { cwd }),
    });
    this.#child = child;
    child.stdout?.on('data', (chunk: Buffer) => this.#read(chunk));
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#errorText = `${this.#errorText}${chunk.toString()}`.slice(-mostErrorText);
    });
    child.stdin?.on('error', (error) => this.onerror?.(error));
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    const release = endWithThisProcess(pid);
    child.on('error', (error) => this.onerror?.(error));
    child.once('exit', () => void this.#finish(child, pid).then(release));
  }

  send(message: JSONRPCMessage): Promise<void> {
    const stdin = this.#child?.stdin;
    if (!stdin?.writable) return Promise.reject(new Error('The server has ended.'));
    return new Promise((resolve, reject) => {
      stdin.write(serializeMessage(message), (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Resolves once the server and all that it started are gone. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (!child?.pid) return;
    // Closed input is the agreed way to tell a server to go.
    child.stdin?.end();
    await this.#endGroup(child, child.pid);
  }

  /** What it has written last is still to be read, unless something that it started keeps the pipes open. */
  async #finish(child: ChildProcess, pid: number): Promise<void> {
    const read = once(child, 'close');
    await this.#endGroup(child, pid);
    await Promise.race([read, delay(graceMs, undefined, { ref: false })]);
    this.onclose?.();
  }

  async #endGroup(child: ChildProcess, pid: number): Promise<void> {
    const ended = hasEnded(child) ? Promise.resolve() : once(child, 'exit').then(() => undefined);
    await Promise.race([ended, delay(graceMs, undefined, { ref: false })]);
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      if (!groupIsAlive(pid) && hasEnded(child)) return;
      signalGroup(pid, signal);
      await untilGone(pid, graceMs);
    }
    await ended;
  }

  #read(chunk: Buffer): void {
    try {
      this.#incoming.append(chunk);
    } catch (error) {
      // More than the limit without the end of a message.
      this.onerror?.(asError(error));
      void this.close();
      return;
    }
    for (;;) {
      try {
        const message = this.#incoming.readMessage();
        if (message === null) return;
        this.onmessage?.(message);
      } catch (error) {
        // A line that is no message; servers print all sorts of things.
        this.onerror?.(asError(error));
      }
    }
  }
}

async function untilGone(pid: number, mostMs: number): Promise<void> {
  const until = performance.now() + mostMs;
  while (groupIsAlive(pid) && performance.now() < until) await delay(10);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function inheritedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    inherited.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

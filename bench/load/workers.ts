import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { workerHealth, type WorkerHealth } from '../../protocol/worker-health.ts';
import { developmentKeys, type Stack } from '../../e2e/stack/stack.ts';
import { cpuSeconds, processTree, proportionalMb } from '../processes.ts';

const bundle = fileURLToPath(new URL('../../dist/node/worker.js', import.meta.url));
const readyLimitMs = 60_000;

/** A worker as a container runs it: the bundle alone, with no launcher above it. */
export class LoadedWorker {
  readonly pid: number;
  /** Resolves when the process has ended, with what it said or what ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly #statusUrl: string;

  private constructor(child: ChildProcess, statusPort: number) {
    if (child.pid === undefined) throw new Error('The worker could not be started.');
    this.pid = child.pid;
    this.#statusUrl = `http://127.0.0.1:${statusPort}/health`;
    this.ended = once(child, 'exit').then(
      ([code, signal]) => (code ?? signal) as number | NodeJS.Signals,
    );
  }

  /** Resolves when LiveKit knows it. */
  static async start(
    { env, livekitUrl }: Stack,
    statusPort: number,
    more: Readonly<Record<string, string>>,
  ): Promise<LoadedWorker> {
    const child = spawn(process.execPath, [bundle], {
      env: {
        ...process.env,
        ...env,
        ...more,
        LIVEKIT_URL: livekitUrl,
        LIVEKIT_API_KEY: developmentKeys.key,
        LIVEKIT_API_SECRET: developmentKeys.secret,
        PARLEY_WORKER_STATUS: `127.0.0.1:${statusPort}`,
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const worker = new LoadedWorker(child, statusPort);
    const deadlineMs = performance.now() + readyLimitMs;
    while (!(await worker.health().catch(() => undefined))?.registered) {
      if (child.exitCode !== null) throw new Error('The worker ended before it was ready.');
      if (performance.now() > deadlineMs) {
        worker.kill('SIGKILL');
        throw new Error('The worker was not ready in time.');
      }
      await delay(200);
    }
    return worker;
  }

  async health(): Promise<WorkerHealth> {
    const response = await fetch(this.#statusUrl);
    return workerHealth.parse(await response.json());
  }

  kill(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** What a machine does that fails: worker, engine and jobs are gone at once, and none says so. */
  killAll(): void {
    for (const pid of this.#pids()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It went with another.
      }
    }
  }

  async stop(): Promise<void> {
    try {
      this.kill('SIGINT');
    } catch {
      return;
    }
    await this.ended;
  }

  /** Of the worker, its engine and its jobs, the idle one included; what they share is divided among them. */
  memoryMb(): number {
    return this.#pids().reduce((sum, pid) => sum + orZero(() => proportionalMb(pid)), 0);
  }

  /** Seconds of one core that all its processes have taken so far. Those that ended meanwhile are not in it. */
  processorSeconds(): number {
    return this.#pids().reduce((sum, pid) => sum + orZero(() => cpuSeconds(pid)), 0);
  }

  #pids(): number[] {
    return [this.pid, ...processTree(this.pid).map(({ pid }) => pid)];
  }
}

/** A process may end while it is looked at. */
function orZero(read: () => number): number {
  try {
    return read();
  } catch {
    return 0;
  }
}

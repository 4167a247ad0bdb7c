import { takenPorts } from '../../server/launcher/ports.ts';
import { Program } from '../../e2e/stack/programs.ts';
import { stackOn, type Stack } from '../../e2e/stack/stack.ts';
import { LoadedWorker } from './workers.ts';

/** Beside those of the tests and of the other benches. */
const ports = { pagePort: 4540, livekitPort: 8220, firstStatusPort: 8240 };

/** LiveKit, the server and as many workers as are asked for, each a process of its own as it is in a container. */
export class LoadStack {
  readonly stack: Stack;
  readonly workers: LoadedWorker[] = [];
  readonly #programs: Program[] = [];
  readonly #env: Readonly<Record<string, string>>;

  private constructor(env: Readonly<Record<string, string>>) {
    this.stack = stackOn(ports);
    this.#env = env;
  }

  /** `env` is given to the workers beside what the tests give them. */
  static async start(
    workers: number,
    env: Readonly<Record<string, string>> = {},
  ): Promise<LoadStack> {
    await refuseTaken([ports.pagePort, ports.livekitPort]);
    const started = new LoadStack(env);
    try {
      started.#programs.push(await Program.livekit(started.stack));
      started.#programs.push(await Program.server(started.stack));
      for (let count = 0; count < workers; count += 1) await started.addWorker();
    } catch (error) {
      await started.stop();
      throw error;
    }
    return started;
  }

  async addWorker(): Promise<LoadedWorker> {
    const port = ports.firstStatusPort + this.workers.length;
    await refuseTaken([port]);
    const worker = await LoadedWorker.start(this.stack, port, this.#env);
    this.workers.push(worker);
    return worker;
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()));
    for (const program of this.#programs.toReversed()) await program.stop();
  }
}

/** What an earlier run has left would answer in the place of what is measured. */
async function refuseTaken(wanted: readonly number[]): Promise<void> {
  const taken = await takenPorts(
    wanted.map((port) => ({
      port,
      protocol: 'tcp',
      purpose: 'the load',
      variable: '"ports" of bench/load/load-stack.ts',
    })),
  );
  if (taken.length > 0) throw new Error(taken.join('\n'));
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '../../server/environment.ts';
import { obtainLivekit } from '../../server/launcher/livekit-binary.ts';
import { livekitPlan } from '../../server/launcher/livekit-part.ts';
import { answersHttp } from '../../server/launcher/part.ts';
import type { Stack } from './stack.ts';

const launcher = fileURLToPath(new URL('../../server/launcher/start.mjs', import.meta.url));
const stopLimitMs = 10_000;

/** A program that a test has started, and ends. */
export class Program {
  private readonly gone: Promise<unknown>;

  private constructor(private readonly child: ChildProcess) {
    this.gone = once(child, 'exit');
  }

  /** LiveKit alone; resolves when it answers. */
  static async livekit({ env, livekitUrl }: Stack): Promise<Program> {
    const { livekit, cacheFolder } = readEnvironment({ ...process.env, ...env });
    const binary = await obtainLivekit(cacheFolder, () => undefined, AbortSignal.timeout(600_000));
    const plan = livekitPlan(binary, livekit);
    const program = new Program(spawn(binary, plan.args, { env: plan.env, stdio: 'ignore' }));
    await program.answers(livekitUrl.replace(/^ws/, 'http'));
    return program;
  }

  /** What `npm run server` starts, for a LiveKit that runs already; resolves when it answers. */
  static async server(stack: Stack): Promise<Program> {
    const program = Program.launch('server', stack);
    await program.answers(`${stack.pageUrl}/api/health`);
    return program;
  }

  /** What `npm run agent` starts. It needs a moment until it takes rooms. */
  static agent(stack: Stack): Program {
    return Program.launch('agent', stack);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGINT');
    const forced = setTimeout(() => this.child.kill('SIGKILL'), stopLimitMs);
    await this.gone;
    clearTimeout(forced);
  }

  private static launch(command: 'server' | 'agent', { env, livekitUrl }: Stack): Program {
    const child = spawn(process.execPath, [launcher, command], {
      env: { ...process.env, ...env, LIVEKIT_URL: livekitUrl },
      stdio: 'inherit',
    });
    return new Program(child);
  }

  private async answers(url: string): Promise<void> {
    const died = this.gone.then(() => {
      throw new Error(`It ended before ${url} answered.`);
    });
    await Promise.race([answersHttp(url, AbortSignal.timeout(60_000)), died]);
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { stackOn, type Stack } from '../e2e/stack/stack.ts';

/** Rooms that somebody joins by hand stay without an agent, so that the echo can have one for itself. */
export const agentName = 'parley-bench';

export interface RunningStack extends Stack {
  /** The launcher's process. */
  readonly pid: number;
  stop(): Promise<void>;
}

const launcher = fileURLToPath(new URL('../server/launcher/start.mjs', import.meta.url));
const readyLimitMs = 600_000;
const health = z.object({ agents: z.string() });

/**
 * Starts the whole product as a user does, on ports of its own. Resolves when its assistant can be talked to. What runs for
 * long takes other ports, so that other benchmarks can run meanwhile.
 */
export async function startStack(
  ports = { pagePort: 4500, livekitPort: 8180 },
): Promise<RunningStack> {
  const stack = stackOn(ports);
  const child = spawn(process.execPath, [launcher], {
    // Without a greeting, the first sound is an answer.
    env: { ...process.env, ...stack.env, LIVEKIT_AGENT_NAME: agentName, PARLEY_GREETING: '' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    await exited;
  };
  const deadlineMs = performance.now() + readyLimitMs;
  while (!(await isReady(stack))) {
    if (child.exitCode !== null) throw new Error('The stack did not start.');
    if (performance.now() > deadlineMs) {
      await stop();
      throw new Error('The stack was not ready in time.');
    }
    await delay(200);
  }
  return { ...stack, pid: child.pid ?? 0, stop };
}

async function isReady({ pageUrl }: Stack): Promise<boolean> {
  try {
    const response = await fetch(`${pageUrl}/api/health`);
    return health.parse(await response.json()).agents === 'ready';
  } catch {
    return false;
  }
}

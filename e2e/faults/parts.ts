import { once } from 'node:events';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from '@playwright/test';
import { WebSocket } from 'ws';
import { portHolder } from '../../server/launcher/port-holder.ts';
import { stack } from '../stack/stack.ts';

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** A part of the running stack, found by what `/proc` tells, so that a test can do to it what a bad day does. */
export const parts = {
  async livekit(): Promise<number> {
    const holder = await portHolder(Number(new URL(stack.livekitUrl).port), 'tcp');
    if (!holder) throw new Error('No LiveKit server runs.');
    return holder.pid;
  },

  /** The process that started the page's server, and starts again whatever dies. */
  async launcher(): Promise<number> {
    const holder = await portHolder(Number(new URL(stack.pageUrl).port), 'tcp');
    const server = (await everything()).find(({ pid }) => pid === holder?.pid);
    if (!server) throw new Error('No launcher runs.');
    return server.parent;
  },

  /** Undefined while it is being started again. */
  async worker(): Promise<number | undefined> {
    const launcher = await parts.launcher();
    return (await everything()).find(
      ({ parent, command }) => parent === launcher && command.includes('/worker.js'),
    )?.pid;
  },

  async engine(): Promise<number> {
    const worker = await parts.worker();
    const engine = (await everything()).find(
      ({ parent, command }) => parent === worker && command.includes('/engine.js'),
    );
    if (!engine) throw new Error('No speech engine runs.');
    return engine.pid;
  },

  /** The processes that serve a room now: unlike those that wait for one, they hold sockets for media. */
  async jobs(): Promise<number[]> {
    const worker = await parts.worker();
    const children = (await everything()).filter(
      ({ parent, command }) => parent === worker && !command.includes('/engine.js'),
    );
    const serving = await Promise.all(children.map(async ({ pid }) => hasMedia(pid)));
    return children.filter((_, index) => serving[index]).map(({ pid }) => pid);
  },

  /** All processes of the browser that a test drives. */
  async browser(): Promise<number[]> {
    const running = await everything();
    const below = (root: number): Running[] =>
      running
        .filter(({ parent }) => parent === root)
        .flatMap((child) => [child, ...below(child.pid)]);
    const own = running.filter(
      ({ parent, command }) => parent === process.pid && /chrom|firefox/.test(command),
    );
    return own.flatMap(({ pid }) => [pid, ...below(pid).map((child) => child.pid)]);
  },
};

export function kill(...pids: (number | undefined)[]): void {
  for (const pid of pids) if (pid !== undefined) process.kill(pid, 'SIGKILL');
}

/** Holds processes still; nothing that they have open is closed. Returns the release. */
export function freeze(...pids: number[]): () => void {
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGCONT');
      } catch {
        // It was ended meanwhile, which may be what the test is about.
      }
    }
  };
}

/** Holds processes still for so long. */
export async function freezeFor(ms: number, ...pids: number[]): Promise<void> {
  const release = freeze(...pids);
  try {
    await delay(ms);
  } finally {
    release();
  }
}

/** Makes a process of Node hold so much more memory, through its own inspector. Resolves once it does, or has ended. */
export async function takeMemory(pid: number, megabytes: number): Promise<void> {
  process.kill(pid, 'SIGUSR1');
  let address = '';
  await expect
    .poll(async () => (address = await inspectorAddress()), { message: 'its inspector listens' })
    .not.toBe('');
  const socket = new WebSocket(address);
  await once(socket, 'open');
  const expression = `if (process.pid === ${pid}) {
    globalThis.taken = Array.from({ length: ${megabytes} }, () => Buffer.alloc(2 ** 20, 1));
  }`;
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } }));
  await Promise.race([once(socket, 'message'), once(socket, 'close')]);
  socket.close();
}

/** Where Node opens its inspector unless it is told otherwise; empty while nobody listens there. */
async function inspectorAddress(): Promise<string> {
  const response = await fetch('http://127.0.0.1:9229/json/list').catch(() => undefined);
  const [target] = ((await response?.json()) ?? []) as { webSocketDebuggerUrl: string }[];
  return target?.webSocketDebuggerUrl ?? '';
}

/** Resolves when the worker takes rooms, as the launcher sees it. */
export async function untilWorkerIsReady(timeoutMs = 45_000): Promise<void> {
  await expect
    .poll(
      async () => {
        const health = await fetch(`${stack.pageUrl}/api/health`);
        return ((await health.json()) as { agents: string }).agents;
      },
      { message: 'the worker takes rooms', timeout: timeoutMs },
    )
    .toBe('ready');
}

async function everything(): Promise<Running[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid): Promise<Running | undefined> => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      // The name in brackets may hold spaces; the state and the parent follow it.
      const parent = /\) \S (\d+) /.exec(stat)?.[1];
      return parent === undefined
        ? undefined
        : { pid: Number(pid), parent: Number(parent), command };
    }),
  );
  return found.filter((running) => running !== undefined);
}

async function hasMedia(pid: number): Promise<boolean> {
  const tables = await Promise.all(
    ['udp', 'udp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const inodes = new Set(
    tables.flatMap((table) => table.split('\n').map((line) => line.trim().split(/\s+/)[9] ?? '')),
  );
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(
    descriptors.map(async (fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')),
  );
  return targets.some((target) => inodes.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? 'none'));
}

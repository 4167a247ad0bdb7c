import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { key } from './serve.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The whole server in a process of its own, ready to hear: from the sources, or another build of it. */
export async function startService(
  port: number,
  variables: Readonly<Record<string, string>> = {},
  program: readonly string[] = ['--import', 'tsx', 'server/main.ts'],
): Promise<ChildProcess> {
  const child = spawn(process.execPath, program, {
    cwd: root,
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      PARLEY_VAD_KEYS: key,
      PARLEY_VAD_RATE: '1000000',
      LOG_LEVEL: 'silent',
      ...variables,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const died = once(child, 'exit').then(() => {
    throw new Error('The server ended before it was ready.');
  });
  await Promise.race([once(child, 'message'), died]);
  died.catch(() => undefined);
  while ((await fetch(`http://127.0.0.1:${port}/v1/vad/health`)).status !== 200) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return child;
}

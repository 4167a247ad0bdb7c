import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { freePort } from '../../server/vad/testing/service-process.ts';
import { projectRoot } from '../../server/root.ts';
import { kernelFileNames, kernelFiles } from '../../vad/packing/kernel-files.ts';

/** A folder of its own, so that what runs from dist/node meanwhile keeps its files. */
const folder = join(projectRoot, 'dist', 'bench-vad');

export const key = 'a-key-for-measuring';

/** Bundles server and command line as `npm run build` does. */
export async function buildPrograms(): Promise<void> {
  await build({
    absWorkingDir: projectRoot,
    entryPoints: {
      server: 'server/main.ts',
      'vad-thread': 'server/vad/analysis/thread.ts',
      cli: 'cli/main.ts',
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  const { wasm, weights } = await kernelFiles();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, kernelFileNames.wasm), wasm);
  await writeFile(join(folder, kernelFileNames.weights), weights);
}

export interface RunningService {
  readonly pid: number;
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** The server in a process of its own, ready to hear. */
export async function startService(): Promise<RunningService> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(folder, 'server.js')], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      PARLEY_VAD_KEYS: key,
      PARLEY_VAD_RATE: '1000000',
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  const address = `127.0.0.1:${port}`;
  while ((await fetch(`http://${address}/v1/vad/health`)).status !== 200) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    pid: child.pid ?? 0,
    address,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** `parley vad` with these arguments. */
export function startCli(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(folder, 'cli.js'), 'vad', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

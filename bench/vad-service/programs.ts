import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import {
  freePort,
  startService as startProcess,
} from '../../server/vad/testing/service-process.ts';
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
  const program = [join(folder, 'server.js')];
  const child = await startProcess(port, { PARLEY_VAD_KEYS: key }, program);
  return {
    pid: child.pid ?? 0,
    address: `127.0.0.1:${port}`,
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

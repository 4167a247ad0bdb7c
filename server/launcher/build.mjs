// Bundles everything that runs in Node into one flat folder: dist/node.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compressFolder } from './compress.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const outdir = join(root, 'dist', 'node');

const entries = {
  launcher: 'server/launcher/main.ts',
  watchdog: 'server/launcher/watchdog.ts',
  server: 'server/main.ts',
  'vad-thread': 'server/vad/analysis/thread.ts',
  cli: 'cli/main.ts',
  worker: 'agent/worker.ts',
  job: 'agent/job.ts',
  hold: 'agent/worker/hold.ts',
  'knowledge-thread': 'agent/knowledge/thread.ts',
  engine: 'agent/engine/process.ts',
  prepare: 'agent/prepare.ts',
};

const result = await build({
  absWorkingDir: root,
  entryPoints: Object.fromEntries(
    Object.entries(entries).filter(([, source]) => existsSync(join(root, source))),
  ),
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  metafile: true,
  logLevel: 'warning',
});

// Chunks have hashed names, so old ones would pile up.
const written = new Set(Object.keys(result.metafile.outputs).map((path) => basename(path)));
for (const name of readdirSync(outdir)) {
  if (!written.has(name)) rmSync(join(outdir, name), { recursive: true });
}

// The detector's kernel and weights lie beside the bundles that load them.
execFileSync(
  process.execPath,
  ['--import', 'tsx', join(root, 'vad', 'packing', 'write-kernel-files.ts'), outdir],
  { cwd: root, stdio: 'inherit' },
);

// `npm run build` has built the page before.
compressFolder(join(root, 'dist', 'page'));

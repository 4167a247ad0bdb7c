#!/usr/bin/env node
// `npx parley vad FILES…`: builds what is not built yet and hands over. On a fresh clone, run `npm ci` before.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fingerprint, nodeSources, readStamp, writeStamp } from '../server/launcher/freshness.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const bundle = join(root, 'dist/node/cli.js');
const stamp = join(root, 'dist/node.sha256');
const wanted = fingerprint(root, nodeSources);
if (!existsSync(bundle) || readStamp(stamp) !== wanted) {
  process.stderr.write('Building …\n');
  // Standard output is for results only.
  const { status } = spawnSync(process.execPath, [join(root, 'server/launcher/build.mjs')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(1);
  writeStamp(stamp, wanted);
}
await import(pathToFileURL(bundle).href);

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLogFile } from './log-file.ts';

/** No process has it: Linux counts to 2^22 at most. */
const gone = 2 ** 30;

it('keeps the logs of the last five starts, and those of whatever still runs', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'parley-logs-'));
  onTestFinished(() => rmSync(cache, { recursive: true }));
  const folder = join(cache, 'logs');
  mkdirSync(folder);
  const running = `2020-01-01T00-00-00-${process.ppid}.log`;
  const old = [1, 2, 3, 4, 5, 6].map((day) => `2021-01-0${day}T00-00-00-${gone}.log`);
  for (const name of [running, ...old]) writeFileSync(join(folder, name), '');

  const { path, stream } = openLogFile(cache);
  await new Promise((resolve) => stream.end(resolve));
  const kept = readdirSync(folder).filter((name) => name !== basename(path));
  expect(kept.sort()).toEqual([running, ...old.slice(2)]);
});

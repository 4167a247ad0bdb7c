import { createWriteStream, mkdirSync, readdirSync, rmSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

const keptStarts = 5;

/**
 * A log of its own for each start, in `logs` of the cache folder. Beyond five the oldest are removed, unless what they tell of
 * still goes on.
 */
export function openLogFile(cacheFolder: string): {
  readonly path: string;
  readonly stream: WriteStream;
} {
  const folder = join(cacheFolder, 'logs');
  mkdirSync(folder, { recursive: true });
  const old = readdirSync(folder)
    .filter((name) => /^\d{4}-.*\.log$/.test(name))
    .filter((name) => !isRunning(Number(/-(\d+)\.log$/.exec(name)?.[1])))
    .sort();
  for (const name of old.slice(0, Math.max(0, old.length - keptStarts + 1))) {
    rmSync(join(folder, name), { force: true });
  }
  const time = new Date().toISOString().replaceAll(':', '-').slice(0, 19);
  const path = join(folder, `${time}-${process.pid}.log`);
  return { path, stream: createWriteStream(path, { flags: 'a', mode: 0o600 }) };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

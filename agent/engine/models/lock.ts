import { open, readFile, rename, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 200;
/** A lock file that is still empty after this belongs to somebody who died while making it. */
const unsignedMs = 5000;

/**
 * Lets one process at a time into `work`; the others wait. The lock is a file that holds the owner's process id; one
 * whose owner is gone is taken over. `onWait` is called once if there is a wait.
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  onWait: () => void = () => undefined,
): Promise<T> {
  const waitingSince = performance.now();
  for (let waited = false; !(await acquire(path)); waited = true) {
    if (!waited) onWait();
    await removeIfStale(path, performance.now() - waitingSince);
    await delay(pollMs);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function removeIfStale(path: string, waitedMs: number): Promise<void> {
  const owner = await readFile(path, 'utf8').catch(() => undefined);
  if (owner === undefined) return;
  const gone = owner === '' ? waitedMs > unsignedMs : !isAlive(Number(owner));
  if (!gone) return;
  // Renamed first: of several waiters only one succeeds, and none removes a lock that another has just taken.
  const aside = `${path}.${process.pid}`;
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (moved) await rm(aside, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

import { spawnSync } from 'node:child_process';

/** Groups of child processes that must not outlive this process, whichever way it ends. */
const living = new Set<number>();

function endAll(): void {
  for (const pid of living) signalGroup(pid, 'SIGKILL');
}

/** Has the group ended with this process. The release is for a group that has ended by itself. */
export function endWithThisProcess(pid: number): () => void {
  if (living.size === 0) process.on('exit', endAll);
  living.add(pid);
  return () => {
    living.delete(pid);
    if (living.size === 0) process.off('exit', endAll);
  };
}

/** Signals a process that was started `detached`, with all that it started. One that is gone already is fine. */
export function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') {
    // Windows knows no groups; taskkill walks the tree.
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in it.
  }
}

/** Whether anybody in the group still runs. */
export function groupIsAlive(pid: number): boolean {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 0);
    return true;
  } catch {
    return false;
  }
}

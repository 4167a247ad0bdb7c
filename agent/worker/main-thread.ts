import { readFileSync } from 'node:fs';

/** What the kernel knows of a process's main thread. */
export interface MainThread {
  /** Whether it has something to do and could do it now, with a processor. */
  readonly isRunnable: boolean;
  /** All the processor time that it has had, in ms. */
  readonly cpuMs: number;
}

/** The unit of processor time in /proc, which is the same on every Linux that Node runs on (`USER_HZ`). */
const tickMs = 10;

/** Undefined where the system does not tell, or the process is gone. See proc_pid_stat(5). */
export function mainThreadOf(pid: number): MainThread | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8');
    // The second field is the name in brackets, which may hold anything.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [user, system] = fields.slice(10, 12).map(Number);
    return { isRunnable: state === 'R', cpuMs: ((user ?? 0) + (system ?? 0)) * tickMs };
  } catch {
    return undefined;
  }
}

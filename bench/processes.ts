import { readFileSync, readdirSync } from 'node:fs';

export interface RunningProcess {
  readonly pid: number;
  readonly command: string;
}

/** All processes that come from this one, directly or not. Linux only: it reads /proc. */
export function processTree(rootPid: number): RunningProcess[] {
  const children = new Map<number, RunningProcess[]>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const found = readProcess(pid);
    if (!found) continue;
    children.set(found.parent, [
      ...(children.get(found.parent) ?? []),
      { pid, command: found.command },
    ]);
  }
  const below = (pid: number): RunningProcess[] =>
    (children.get(pid) ?? []).flatMap((child) => [child, ...below(child.pid)]);
  return below(rootPid);
}

/** The memory of a process in MB, with what it shares divided among those who share it. */
export function proportionalMb(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
}

/** Linux counts the time of processes in hundredths of a second, on every machine that it runs on today. */
const ticksPerSecond = 100;

/** Processor time of a process with all its threads, in s. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program stands in brackets and may hold anything; what counts comes after it (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** The memory of a running worker by its parts, in MB. */
export interface WorkerMemory {
  readonly totalMb: number;
  readonly engineMb: number;
  readonly jobsMb: number;
  readonly workerMb: number;
}

/** Of the worker below a launcher, its engine and its jobs, the idle one included. */
export function workerMemory(launcherPid: number): WorkerMemory {
  const part = { worker: 0, engine: 0, job: 0 };
  for (const { pid, command } of processTree(launcherPid)) {
    if (command.includes('job.js')) part.job += proportionalMb(pid);
    else if (command.includes('engine.js')) part.engine += proportionalMb(pid);
    else if (command.includes('worker.js')) part.worker += proportionalMb(pid);
  }
  return {
    totalMb: Math.round(part.worker + part.engine + part.job),
    engineMb: Math.round(part.engine),
    jobsMb: Math.round(part.job),
    workerMb: Math.round(part.worker),
  };
}

function readProcess(pid: number): { parent: number; command: string } | undefined {
  try {
    const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    return { parent, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') };
  } catch {
    // It ended while we looked.
    return undefined;
  }
}

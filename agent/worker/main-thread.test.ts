import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { mainThreadOf } from './main-thread.ts';

const children: { kill(signal: 'SIGKILL'): unknown }[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function run(script: string): number {
  const child = spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
  children.push(child);
  return child.pid ?? 0;
}

describe.runIf(existsSync('/proc/self/stat'))('the main thread of a process', () => {
  it('is runnable and takes time while it computes', async () => {
    const pid = run('for (;;);');
    await vi.waitFor(() => expect(mainThreadOf(pid)?.cpuMs).toBeGreaterThan(200), 20_000);
    expect(mainThreadOf(pid)?.isRunnable).toBe(true);
  });

  it('is not runnable while it waits or stands still', async () => {
    const pid = run('setTimeout(() => undefined, 1e6)');
    await vi.waitFor(() => expect(mainThreadOf(pid)).toMatchObject({ isRunnable: false }), 20_000);
    process.kill(pid, 'SIGSTOP');
    await vi.waitFor(() => expect(mainThreadOf(pid)).toMatchObject({ isRunnable: false }), 20_000);
  });

  it('is not there when the process is not', () => {
    expect(mainThreadOf(2 ** 30)).toBeUndefined();
  });
});

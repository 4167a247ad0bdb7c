import { setTimeout as delay } from 'node:timers/promises';
import { groupIsAlive, signalGroup } from './process-group.ts';

// Outlives the launcher by a moment. When the launcher is killed in a way that it cannot answer, the channel to it
// closes, and this process ends everything that the launcher had started. LiveKit cannot see that by itself.

const graceMs = 2000;
const groups = new Set<number>();

process.on('message', ({ kind, pid }: { kind: 'started' | 'ended'; pid: number }) => {
  if (kind === 'started') groups.add(pid);
  else groups.delete(pid);
});

process.on('disconnect', () => {
  void endAll().then(() => process.exit(0));
});

// The terminal tells everybody in it to stop; this process has to be the last.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

async function endAll(): Promise<void> {
  for (const pid of groups) signalGroup(pid, 'SIGTERM');
  const giveUpAtMs = performance.now() + graceMs;
  while ([...groups].some(groupIsAlive) && performance.now() < giveUpAtMs) await delay(50);
  for (const pid of groups) signalGroup(pid, 'SIGKILL');
}

import { spawn } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { saysReady } from './part.ts';

it('hears that a part is ready, although it says something else in the same breath', async () => {
  const script =
    "process.send({kind:'worker'}); process.send({kind:'ready'}); setInterval(()=>{},1e6)";
  const child = spawn(process.execPath, ['-e', script], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await expect(saysReady(child, AbortSignal.timeout(10_000))).resolves.toBeUndefined();
}, 15_000);

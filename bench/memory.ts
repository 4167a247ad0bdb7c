import { Speech } from '../e2e/fixtures/speech.ts';
import { joinCaller, type Caller } from './caller.ts';
import { workerMemory, type WorkerMemory } from './processes.ts';
import { report } from './report.ts';
import { startStack } from './running-stack.ts';

const steps = [0, 1, 2, 4];
const question = 'What is seventeen times twenty-three?';

const stack = await startStack();
const speech = new Speech();
const callers: Caller[] = [];
try {
  const clip = await speech.clip(question);
  const rows: Record<string, WorkerMemory & { readonly addedMb: number }> = {};
  let before = 0;
  for (const conversations of steps) {
    while (callers.length < conversations) {
      callers.push(await joinCaller(stack, `bench-memory-${callers.length}`));
    }
    // Twice, so that what is made at the first turn is made.
    for (let turn = 0; turn < 2; turn += 1) {
      for (const caller of callers) await caller.ask(clip);
    }
    const measured = workerMemory(stack.pid);
    const added = conversations === 0 ? 0 : measured.totalMb - before;
    before = measured.totalMb;
    rows[`${conversations} conversations`] = { ...measured, addedMb: Math.round(added) };
  }
  await report('memory', rows, {
    measure:
      'proportional set size (PSS) of the worker, its engine and its jobs, the idle one included',
  });
} finally {
  for (const caller of callers) await caller.leave();
  await speech.stop();
  await stack.stop();
}

import { expect, it } from 'vitest';
import { longestTaskMs } from './longest-task.ts';

it('finds the longest task of the page and leaves out those of its workers', () => {
  const traceEvents = [
    { name: 'thread_name', pid: 1, tid: 1, args: { name: 'CrRendererMain' } },
    { name: 'thread_name', pid: 1, tid: 2, args: { name: 'DedicatedWorker thread' } },
    { name: 'RunTask', pid: 1, tid: 1, dur: 12_000 },
    { name: 'RunTask', pid: 1, tid: 1, dur: 34_500 },
    { name: 'RunTask', pid: 1, tid: 2, dur: 90_000 },
    { name: 'Paint', pid: 1, tid: 1, dur: 99_000 },
  ];
  expect(longestTaskMs(Buffer.from(JSON.stringify({ traceEvents })))).toBe(34.5);
  expect(longestTaskMs(Buffer.from('{"traceEvents":[]}'))).toBe(0);
});

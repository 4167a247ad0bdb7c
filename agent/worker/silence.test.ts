import { expect, it } from 'vitest';
import type { MainThread } from './main-thread.ts';
import type { Processors } from './processors.ts';
import { Silence } from './silence.ts';

/** When a job that falls silent at once counts as lost, in ms, asked every half a second for a minute. */
function lostAtMs(
  threadAt: (nowMs: number) => MainThread | undefined,
  processorsAt: (nowMs: number) => Processors | undefined = () => undefined,
): number | undefined {
  let nowMs = 0;
  const silence = new Silence(0, {
    readThread: () => threadAt(nowMs),
    readProcessors: () => processorsAt(nowMs),
  });
  for (; nowMs <= 60_000; nowMs += 500) if (silence.isDeadly(nowMs)) return nowMs;
  return undefined;
}

it.each([
  ['waits for something that does not come', { isRunnable: false, cpuMs: 900 }],
  ['cannot be looked at', undefined],
])('gives up a job after four seconds that %s', (_, thread) => {
  expect(lostAtMs(() => thread)).toBe(4500);
});

it('gives up a job after four seconds that turns in a circle', () => {
  expect(lostAtMs((nowMs) => ({ isRunnable: true, cpuMs: nowMs }))).toBe(4500);
});

it('waits longer for one that gets no processor, but not for ever', () => {
  expect(lostAtMs((nowMs) => ({ isRunnable: true, cpuMs: 0.2 * nowMs }))).toBe(20_500);
});

it('waits longer on a machine whose host keeps the processors, whatever the job waits for', () => {
  const waiting = { isRunnable: false, cpuMs: 900 };
  const kept = (share: number) => (nowMs: number) => ({
    worked: (1 - share) * nowMs,
    stolen: share * nowMs,
  });
  expect(lostAtMs(() => waiting, kept(0.4))).toBe(20_500);
  expect(lostAtMs(() => waiting, kept(0.1))).toBe(4500);
});

it('begins anew with each sign of life', () => {
  const silence = new Silence(0, {
    readThread: () => undefined,
    readProcessors: () => undefined,
  });
  for (let nowMs = 0; nowMs < 60_000; nowMs += 500) {
    if (nowMs % 3500 === 0) silence.end(nowMs);
    expect(silence.isDeadly(nowMs)).toBe(false);
  }
});

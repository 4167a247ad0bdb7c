import { describe, expect, it, vi } from 'vitest';
import { noBargeIn } from '../barge-in/counts.ts';
import { Inspection } from './inspection.ts';

describe('the inspection', () => {
  it('knows when it is opened what was noticed before its code had come', async () => {
    const watch = vi.fn(() => () => undefined);
    const inspection = new Inspection(watch);
    inspection.observe({
      kind: 'transcript',
      action: { type: 'user_typed', id: 'a', text: 'Hello', atMs: 5 },
      atMs: 5,
    });
    expect(watch).not.toHaveBeenCalled();
    const log = await inspection.open();
    expect(log.records().turns).toMatchObject([{ via: 'text', words: [{ text: 'Hello' }] }]);
    await inspection.open();
    expect(watch).toHaveBeenCalledOnce();
    inspection.forget();
    expect(log.records().turns).toEqual([]);
  });

  it('makes of counts what was decided', async () => {
    const inspection = new Inspection(() => () => undefined);
    const reply = { type: 'reply_text', segmentId: 'r', delta: 'Yes', atMs: 1 } as const;
    inspection.observe({ kind: 'transcript', action: reply, atMs: 1 });
    inspection.observe({ kind: 'sound', phase: 'began', atMs: 2 });
    const ducked = { ...noBargeIn, ducked: 1, loweredMs: 90 };
    inspection.counted(noBargeIn, ducked);
    inspection.counted(ducked, { ...ducked, confirmed: 1, finalMs: 640 });
    const log = await inspection.open();
    expect(log.records().acts).toMatchObject([
      { act: 'duck', sinceOnsetMs: 90 },
      { act: 'confirm', sinceOnsetMs: 640 },
    ]);
  });
});

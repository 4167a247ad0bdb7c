import { describe, expect, it } from 'vitest';
import { Lane } from './lane.ts';

describe('a lane', () => {
  it('runs one job at a time, and what is wanted soon before what can wait', async () => {
    const lane = new Lane();
    const order: string[] = [];
    let running = 0;
    const job = (name: string) => async () => {
      running += 1;
      expect(running).toBe(1);
      order.push(name);
      await Promise.resolve();
      running -= 1;
    };
    const all = [
      lane.run(job('first'), 'whenever'),
      lane.run(job('later'), 'whenever'),
      lane.run(job('urgent'), 'soon'),
      lane.run(job('urgent too'), 'soon'),
    ];
    expect(lane.idle).toBe(false);
    expect(lane.waiting).toBe(3);
    await Promise.all(all);
    expect(order).toEqual(['first', 'urgent', 'urgent too', 'later']);
    expect(lane.idle).toBe(true);
  });

  it('goes on after a job that failed', async () => {
    const lane = new Lane();
    const failed = lane.run(() => Promise.reject(new Error('broken')));
    const next = lane.run(() => Promise.resolve('fine'));
    await expect(failed).rejects.toThrow('broken');
    expect(await next).toBe('fine');
  });
});

import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';

async function collect<T>(queue: EventQueue<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of queue) items.push(item);
  return items;
}

describe('the event queue', () => {
  it('gives what was pushed before and while it is read, in order', async () => {
    const queue = new EventQueue<number>();
    queue.push(1);
    const reading = collect(queue);
    queue.push(2);
    await Promise.resolve();
    queue.push(3);
    queue.end();
    queue.push(4);
    expect(await reading).toEqual([1, 2, 3]);
  });

  it('forgets what is left when it is ended at once', async () => {
    const queue = new EventQueue<number>();
    queue.push(1);
    queue.end({ discard: true });
    expect(await collect(queue)).toEqual([]);
  });

  it('throws after what was there before it failed', async () => {
    const queue = new EventQueue<number>();
    queue.push(1);
    queue.fail(new Error('gone'));
    const iterator = queue[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ value: 1, done: false });
    await expect(iterator.next()).rejects.toThrow('gone');
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { WaitingRooms } from './waiting-rooms.ts';

describe('rooms that call while there is no process for them', () => {
  /** Rooms with somebody in them and no assistant. */
  let missing: Set<string>;
  let called: string[];
  let full: boolean;
  let waiting: WaitingRooms;

  beforeEach(() => {
    missing = new Set(['kitchen', 'garden', 'attic']);
    called = [];
    full = true;
    waiting = new WaitingRooms({
      isMissing: (room) => Promise.resolve(missing.has(room)),
      // LiveKit offers the job to this worker at once.
      call: (room) => {
        called.push(room);
        if (waiting.admit(room)) full = true;
        return Promise.resolve();
      },
      isFull: () => full,
      patienceMs: 50,
      onError: (error) => {
        throw error;
      },
    });
  });

  it('are called for in the order in which they came, one for each process', async () => {
    expect(['kitchen', 'garden'].map((room) => waiting.admit(room))).toEqual([false, false]);
    full = false;
    await waiting.callNext();
    expect(called).toEqual(['kitchen']);
    full = false;
    await waiting.callNext();
    full = false;
    await waiting.callNext();
    expect(called).toEqual(['kitchen', 'garden']);
  });

  it('are forgotten where nobody waits any more', async () => {
    for (const room of missing) waiting.admit(room);
    missing = new Set(['attic']);
    full = false;
    await waiting.callNext();
    expect(called).toEqual(['attic']);
  });

  it('are not called for once they were served', async () => {
    waiting.admit('kitchen');
    full = false;
    expect(waiting.admit('kitchen')).toBe(true);
    await waiting.callNext();
    expect(called).toEqual([]);
  });

  it('are called for after a while where no process that was promised came', async () => {
    waiting.admit('kitchen');
    full = false;
    await vi.waitFor(() => expect(called).toEqual(['kitchen']));
  });

  it('wait on while there is none', async () => {
    waiting.admit('kitchen');
    await waiting.callNext();
    expect(called).toEqual([]);
  });
});

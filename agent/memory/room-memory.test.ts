import { describe, expect, it } from 'vitest';
import {
  RoomMemory,
  memoryCapacity,
  memoryLifetimeMs,
  type ConversationMemory,
} from './room-memory.ts';

const memoryOf = (text: string): ConversationMemory => ({
  said: [{ role: 'user', text, atMs: 0, interrupted: false }],
  notes: [],
  timers: [],
});

describe('room memory', () => {
  it('gives a conversation back to the same person in the same room', () => {
    const memory = new RoomMemory();
    memory.keep('kitchen', 'ann', memoryOf('green'));
    expect(memory.recall('kitchen', 'ann')).toEqual(memoryOf('green'));
  });

  it('tells nobody else, and nothing in another room', () => {
    const memory = new RoomMemory();
    memory.keep('kitchen', 'ann', memoryOf('green'));
    expect(memory.recall('kitchen', 'bob')).toBeUndefined();
    expect(memory.recall('garden', 'ann')).toBeUndefined();
    expect(memory.recall('kitchen","ann', '')).toBeUndefined();
  });

  it('forgets after five minutes', () => {
    let nowMs = 0;
    const memory = new RoomMemory(() => nowMs);
    memory.keep('kitchen', 'ann', memoryOf('green'));
    nowMs = memoryLifetimeMs - 1;
    expect(memory.recall('kitchen', 'ann')).toBeDefined();
    nowMs = memoryLifetimeMs;
    expect(memory.recall('kitchen', 'ann')).toBeUndefined();
    expect(memory.size).toBe(0);
  });

  it('stays within its capacity, the oldest going first', () => {
    const memory = new RoomMemory();
    for (let i = 0; i <= memoryCapacity; i += 1) memory.keep(`room ${i}`, 'ann', memoryOf('x'));
    expect(memory.size).toBe(memoryCapacity);
    expect(memory.recall('room 0', 'ann')).toBeUndefined();
    expect(memory.recall(`room ${memoryCapacity}`, 'ann')).toBeDefined();
  });
});

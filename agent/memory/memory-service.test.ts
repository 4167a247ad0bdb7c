import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryClient, serveMemory } from './memory-service.ts';
import { RoomMemory } from './room-memory.ts';

describe('memory service', () => {
  const socketPath = join(tmpdir(), `parley-memory-${randomUUID()}.sock`);
  const memory = new RoomMemory();
  let service: { close(): Promise<void> };

  beforeEach(async () => {
    service = await serveMemory(socketPath, memory);
  });
  afterEach(() => service.close());

  it('carries a conversation from one job to the next', async () => {
    const kept = {
      said: [
        {
          role: 'user' as const,
          text: 'My favourite colour is green.',
          atMs: 1,
          interrupted: false,
        },
      ],
      notes: [{ text: 'my favourite colour is green', atMs: 1 }],
      timers: [],
    };
    await new MemoryClient(socketPath).keep('room & co', 'ann?', kept);
    expect(await new MemoryClient(socketPath).recall('room & co', 'ann?')).toEqual(kept);
    expect(await new MemoryClient(socketPath).recall('room & co', 'bob')).toBeUndefined();
  });

  it.each(['not json', '{}', JSON.stringify({ said: 'x' }), 'x'.repeat(1_100_000)])(
    'refuses what is not a conversation',
    async (body) => {
      const status = await new Promise<number>((resolve, reject) => {
        const outgoing = request(
          { socketPath, agent: false, method: 'PUT', path: '/?room=a&identity=b' },
          (incoming) => {
            incoming.resume();
            resolve(incoming.statusCode ?? 0);
          },
        );
        outgoing.once('error', reject);
        outgoing.end(body);
      });
      expect(status).toBe(400);
      expect(memory.recall('a', 'b')).toBeUndefined();
    },
  );

  it('says so when the worker is gone', async () => {
    await expect(new MemoryClient(`${socketPath}.absent`).recall('a', 'b')).rejects.toThrow();
  });
});

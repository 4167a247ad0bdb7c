import { createServer, type IncomingMessage, type Server } from 'node:http';
import { askAt, bodyOf, serveOn, type Answer } from '../worker/local-http.ts';
import { conversationMemory, type ConversationMemory, type RoomMemory } from './room-memory.ts';

/** The environment variable by which a job learns where the memory listens. */
export const memorySocketVariable = 'PARLEY_MEMORY_SOCKET';

/**
 * Serves the worker's room memory to its job processes over a local socket. Resolves when it listens.
 * `close` ends it and drops all connections.
 */
export async function serveMemory(
  socketPath: string,
  memory: RoomMemory,
): Promise<{ close(): Promise<void> }> {
  const server: Server = createServer((incoming, outgoing) => {
    void answerTo(incoming, memory)
      .catch(() => ({ status: 400, body: '' }))
      .then(({ status, body }) => {
        outgoing.writeHead(status, { 'content-type': 'application/json' }).end(body);
      });
  });
  return serveOn(server, socketPath);
}

async function answerTo(incoming: IncomingMessage, memory: RoomMemory): Promise<Answer> {
  const url = new URL(incoming.url ?? '/', 'http://memory');
  const room = url.searchParams.get('room');
  const identity = url.searchParams.get('identity');
  const body = await bodyOf(incoming);
  if (!room || !identity) return { status: 400, body: '' };
  if (incoming.method === 'GET') {
    const kept = memory.recall(room, identity);
    return kept ? { status: 200, body: JSON.stringify(kept) } : { status: 404, body: '' };
  }
  if (incoming.method !== 'PUT') return { status: 405, body: '' };
  memory.keep(room, identity, conversationMemory.parse(JSON.parse(body)));
  return { status: 204, body: '' };
}

/** A job's side of the room memory. A memory that cannot be reached loses nothing but itself. */
export class MemoryClient {
  constructor(private readonly socketPath: string) {}

  /** What was kept for this person in this room, or undefined. Rejects if the worker cannot be reached. */
  async recall(room: string, identity: string): Promise<ConversationMemory | undefined> {
    const { status, body } = await this.#call('GET', room, identity);
    return status === 200 ? conversationMemory.parse(JSON.parse(body)) : undefined;
  }

  /** Rejects if the worker cannot be reached or refuses. */
  async keep(room: string, identity: string, memory: ConversationMemory): Promise<void> {
    const { status } = await this.#call('PUT', room, identity, JSON.stringify(memory));
    if (status !== 204) throw new Error(`The memory answered ${status}.`);
  }

  #call(method: 'GET' | 'PUT', room: string, identity: string, body?: string): Promise<Answer> {
    const path = `/?${new URLSearchParams({ room, identity }).toString()}`;
    return askAt(this.socketPath, { method, path, ...(body !== undefined && { body }) });
  }
}

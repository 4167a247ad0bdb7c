import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { llm } from '@livekit/agents';
import { expect, onTestFinished } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { GuardedModel } from '../voice/guarded-model.ts';
import type { Told } from './test-call.ts';

/** What a session may take to be over and done with all that it was told, in ms. */
const patienceMs = 8000;

export interface Service {
  readonly url: string;
  /** Sends text over the latest connection. */
  send(text: string): void;
}

/** A message, as JSON. */
export type Line = Record<string, unknown>;

/** A service that agrees to whatever is asked of it, and says what it is told to say. */
export async function serve(
  greet: readonly Line[],
  agree: (message: Line) => Line[],
): Promise<Service> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  let latest: WebSocket | undefined;
  server.on('connection', (socket) => {
    latest = socket;
    for (const event of greet) socket.send(JSON.stringify(event));
    socket.on('message', (data) => {
      const message = JSON.parse((data as Buffer).toString()) as Line;
      for (const event of agree(message)) socket.send(JSON.stringify(event));
    });
  });
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  return {
    url: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    send: (text) => latest?.send(text),
  };
}

/** Opens a session as a conversation does, has it told what `tell` sends, and waits for the reply that is told last. */
export async function survives(
  model: llm.RealtimeModel,
  told: Told,
  tell: () => void,
  tellReply: () => void,
): Promise<void> {
  const lost: unknown[] = [];
  const guarded = new GuardedModel(model, (error) => lost.push(error));
  const session = guarded.current;
  let begun = 0;
  session.on('generation_created', (generation: llm.GenerationCreatedEvent) => {
    begun += 1;
    void readAll(generation);
  });
  const history = llm.ChatContext.empty();
  await guarded.prepare({ instructions: 'Be brief.', history, tools: [] });
  await until(() => told.connections.includes('connected'), 'the session was never accepted');
  tell();
  const before = begun;
  // Whatever it has made of the rest, it answers still; or it has given up in an orderly way and said why.
  const repeated = setInterval(tellReply, 100);
  try {
    tellReply();
    await until(
      () => begun > before || lost.length > 0,
      'the session neither answered nor said what is wrong',
    );
  } finally {
    clearInterval(repeated);
    await guarded.close();
    await session.close();
  }
  for (const error of lost) expect(error).toBeInstanceOf(Error);
  for (const { detail } of told.problems) expect(detail).toEqual(expect.any(String));
}

async function readAll({ messageStream, functionStream }: llm.GenerationCreatedEvent) {
  await Promise.all([
    (async () => {
      for await (const message of messageStream) {
        void drained(message.textStream);
        void drained(message.audioStream);
      }
    })(),
    drained(functionStream),
  ]).catch(() => undefined);
}

async function drained(stream: AsyncIterable<unknown>): Promise<void> {
  try {
    const parts: unknown[] = [];
    for await (const part of stream) parts.splice(0, 1, part);
  } catch {
    // A reply that breaks off is not what is asked here.
  }
}

async function until(holds: () => boolean, otherwise: string): Promise<void> {
  const since = performance.now();
  while (!holds()) {
    if (performance.now() - since > patienceMs) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

import { request, type IncomingMessage, type Server } from 'node:http';
import { listenOn } from './local-server.ts';

/** No message between processes of one worker may be larger, in bytes. */
const maxBytes = 1_000_000;

/** Serves on this socket of the machine. Resolves when it listens; `close` ends it and drops all connections. */
export async function serveOn(
  server: Server,
  socketPath: string,
): Promise<{ close(): Promise<void> }> {
  await listenOn(server, socketPath);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

interface Question {
  readonly method: 'GET' | 'PUT';
  readonly path: string;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** Asks what serves on this socket. Rejects if nobody answers, the answer is too large or the signal is aborted. */
export function askAt(socketPath: string, { body, ...question }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, agent: false, ...question }, (incoming) => {
      bodyOf(incoming).then(
        (text) => resolve({ status: incoming.statusCode ?? 0, body: text }),
        reject,
      );
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** Reads a body to its end, also one over the limit (or the other side could not read the answer), then rejects that. */
export async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  if (bytes > maxBytes) throw new RangeError('Too large.');
  return Buffer.concat(chunks).toString('utf8');
}

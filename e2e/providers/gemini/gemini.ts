import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { View } from '../mind/looking.ts';
import { Mind } from '../mind/mind.ts';
import type { ClientMessage } from './client-message.ts';
import { Faults, type GeminiFault } from './faults.ts';
import type { Belief, Memory } from './memory.ts';
import { Session } from './session.ts';
import type { ApiVersion, Setup } from './setup.ts';

export interface GeminiOptions {
  /** 0 or absent: a free one. */
  readonly port?: number;
  /** The only key that is accepted. */
  readonly apiKey?: string;
}

interface ShownPicture extends View {
  readonly atMs: number;
}

export interface GeminiEmulator {
  /** For `GOOGLE_GEMINI_BASE_URL`. */
  readonly url: string;
  /** The setups of all sessions so far, oldest first. */
  readonly setups: readonly Setup[];
  /** What clients said besides, without sound and pictures. */
  readonly requests: readonly ClientMessage[];
  /** What clients have shown, and when, in ms of `performance.now()`. */
  readonly pictures: readonly ShownPicture[];
  /** How many connections are open. */
  readonly open: number;
  /** Sound that the newest session has heard, in ms. */
  readonly heardMs: number;
  /** What the newest session holds for said. */
  believes(): readonly Belief[];
  fault(fault: GeminiFault): void;
  stop(): Promise<void>;
}

const path =
  /^\/+ws\/google\.ai\.generativelanguage\.(v1alpha|v1beta)\.GenerativeService\.BidiGenerateContent$/;

/** Gemini Live on localhost, written from https://ai.google.dev/api/live, with ears, a mind and a voice of its own. */
export async function startGemini(options: GeminiOptions = {}): Promise<GeminiEmulator> {
  const mind = await Mind.start({ name: 'Gemini Live' });
  const faults = new Faults();
  const kept = new Map<string, Memory>();
  const setups: Setup[] = [];
  const requests: ClientMessage[] = [];
  const pictures: ShownPicture[] = [];
  const connections = new Map<WebSocket, Session>();
  let newest: Session | undefined;

  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((_, response) => response.writeHead(404).end());
  const raw = new Set<Socket>();
  server.on('connection', (socket) => {
    raw.add(socket);
    socket.once('close', () => raw.delete(socket));
  });

  const serve = (socket: WebSocket, version: ApiVersion, key: string | null) => {
    const close = (code: number, reason: string) => socket.close(code, reason);
    const refused = refusalOf(key, options.apiKey);
    const session: Session = new Session({
      mind,
      version,
      faults,
      kept,
      close,
      // The service sends its JSON in binary messages.
      send: (message) => socket.send(Buffer.from(JSON.stringify(message))),
      onMessage: (message) => {
        if (message.kind === 'setup') newest = session;
        else if (!isStream(message)) requests.push(message);
      },
      onPicture: (view) => pictures.push({ ...view, atMs: performance.now() }),
    });
    connections.set(socket, session);
    socket.on('message', (data) => {
      if (refused) {
        close(...refused);
        return;
      }
      const { setup } = session;
      session.receive((data as Buffer).toString());
      if (!setup && session.setup) setups.push(session.setup);
    });
    socket.on('close', () => {
      session.close();
      connections.delete(socket);
    });
  };

  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const url = new URL(`http://localhost${(request.url ?? '').replace(/^\/+/, '/')}`);
    const version = path.exec(url.pathname)?.[1] as ApiVersion | undefined;
    if (faults.take('time-out')) return;
    const status = version ? faults.take('refuse')?.status : 404;
    if (status !== undefined || !version) {
      socket.end(
        `HTTP/1.1 ${status ?? 404} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      );
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      serve(accepted, version, url.searchParams.get('key'));
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setups,
    requests,
    pictures,
    get open() {
      return connections.size;
    },
    get heardMs() {
      return newest?.heardMs ?? 0;
    },
    believes: () => newest?.believes() ?? [],
    fault: (fault) => {
      if (fault.type === 'drop') for (const socket of connections.keys()) socket.terminate();
      else if (fault.type === 'close') {
        for (const socket of connections.keys()) socket.close(fault.code, fault.reason);
      } else if (fault.type === 'malformed') {
        for (const socket of connections.keys()) socket.send(Buffer.from(fault.text));
      } else if (fault.type === 'go-away') {
        const told = { goAway: { timeLeft: `${fault.leftMs / 1000}s` } };
        for (const socket of connections.keys()) {
          socket.send(Buffer.from(JSON.stringify(told)));
          const end = setTimeout(
            () => socket.close(1008, 'The operation was aborted.'),
            fault.leftMs,
          );
          socket.once('close', () => clearTimeout(end));
        }
      } else faults.add(fault);
    },
    stop: async () => {
      for (const socket of connections.keys()) socket.terminate();
      for (const socket of raw) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await mind.stop();
    },
  };
}

/** Sound and pictures are too much to be kept. */
function isStream(message: ClientMessage): boolean {
  return message.kind === 'realtimeInput' && ('audio' in message.input || 'video' in message.input);
}

/** The service takes the socket and then closes it, for it reads the key with the first message. */
function refusalOf(key: string | null, expected: string | undefined): [number, string] | undefined {
  if (!key) return [1008, "Method doesn't allow unregistered callers. Please use API Key."];
  if (expected !== undefined && key !== expected) {
    return [1007, 'API key not valid. Please pass a valid API key.'];
  }
  return undefined;
}

import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Belief } from './conversation.ts';
import type { WireEvent } from './dialect.ts';
import { Faults, type Fault } from './faults.ts';
import { newId } from './ids.ts';
import type { RealtimeSession } from './session.ts';
import { WireError } from './wire-error.ts';
import { WireLog, type LoggedEvent } from './wire-log.ts';

/** An upgrade that was asked for, whether or not it was granted. Values of credentials are not kept. */
export interface UpgradeRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly credential: 'api-key' | 'bearer' | 'url' | 'none';
  /** 101 where it was granted; 0 where it was left without an answer. */
  status: number;
}

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** One client's line to the service. */
export interface Line {
  send(event: WireEvent): void;
  sendError(error: WireError, causedBy?: string): void;
  onAudioDelta(): void;
  readonly faults: Faults;
  readonly upgrade: UpgradeRequest;
  readonly headers: IncomingMessage['headers'];
}

/** What one service does with a client that was let in. */
export interface Conversing {
  readonly session: RealtimeSession;
  /** Told once, when the service begins to speak. */
  begin(): void;
  /** Throws a `WireError` for what the service would refuse. */
  receive(event: Readonly<Record<string, unknown>>): void;
  close(): Promise<void>;
}

export interface ServiceRules {
  /** Undefined lets the client in. */
  refuse(request: UpgradeRequest, headers: IncomingMessage['headers']): Refusal | undefined;
  converse(line: Line): Conversing;
  /** After which a session ends by itself. */
  sessionLimitMs(request: UpgradeRequest): number;
}

interface Connection {
  readonly socket: WebSocket;
  readonly conversing: Conversing;
}

const credentialsInUrl = ['api-key', 'api_key', 'key', 'authorization', 'access_token', 'token'];

/** A WebSocket service on localhost that behaves, and misbehaves when told. */
export class SocketService {
  readonly upgrades: UpgradeRequest[] = [];
  readonly log = new WireLog();
  readonly #rules: ServiceRules;
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 32 * 1024 * 1024 });
  readonly #faults = new Faults();
  readonly #open = new Set<Connection>();
  readonly #held = new Set<Duplex>();
  #latest: RealtimeSession | undefined;
  #connections = 0;

  private constructor(rules: ServiceRules) {
    this.#rules = rules;
    this.#http = createServer((_, response) => response.writeHead(404).end());
    this.#http.on('upgrade', (request, socket, head) => this.#onUpgrade(request, socket, head));
  }

  static async start(rules: ServiceRules, port = 0): Promise<SocketService> {
    const service = new SocketService(rules);
    await new Promise<void>((resolve, reject) => {
      service.#http.once('error', reject);
      service.#http.listen(port, '127.0.0.1', resolve);
    });
    return service;
  }

  /** `http://127.0.0.1:PORT` */
  get origin(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  get events(): readonly LoggedEvent[] {
    return this.log.entries;
  }

  /** Of the session that began last. */
  believes(): readonly Belief[] {
    return this.#latest?.conversation.believes() ?? [];
  }

  fault(fault: Fault): void {
    if (fault.type === 'drop' && fault.afterAudioDeltas === undefined) {
      for (const { socket } of this.#open) socket.terminate();
    } else if (fault.type === 'malformed') {
      for (const { socket } of this.#open) socket.send(fault.text ?? '{"type":"response.audio');
    } else {
      this.#faults.add(fault);
    }
  }

  async stop(): Promise<void> {
    for (const { socket } of this.#open) socket.terminate();
    for (const socket of this.#held) socket.destroy();
    this.#sockets.close();
    await Promise.all([...this.#open].map(({ conversing }) => conversing.close()));
    await new Promise((resolve) => this.#http.close(resolve));
  }

  #onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const upgrade = describe(request);
    this.upgrades.push(upgrade);
    if (this.#faults.take('time-out')) {
      upgrade.status = 0;
      this.#held.add(socket);
      socket.on('close', () => this.#held.delete(socket));
      // Unread, a socket never learns that the other side has given up.
      socket.on('end', () => socket.destroy());
      socket.resume();
      return;
    }
    const refusal = this.#refusal(upgrade, request.headers);
    if (refusal) {
      upgrade.status = refusal.status;
      refuse(socket, refusal);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (open) => {
      this.#onOpen(open, upgrade, request.headers);
    });
  }

  #refusal(upgrade: UpgradeRequest, headers: IncomingMessage['headers']): Refusal | undefined {
    const scripted = this.#faults.take('refuse');
    if (scripted) return { status: scripted.status, ...reasons[scripted.status] };
    if (upgrade.credential === 'url') {
      return { status: 401, code: 'invalid_api_key', message: 'A key does not belong in a URL.' };
    }
    return this.#rules.refuse(upgrade, headers);
  }

  #onOpen(socket: WebSocket, upgrade: UpgradeRequest, headers: IncomingMessage['headers']): void {
    const connection = this.#connections++;
    const send = (event: WireEvent) => {
      if (socket.readyState !== socket.OPEN) return;
      const whole = { event_id: newId('event'), ...event };
      this.log.add(connection, 'sent', whole);
      socket.send(JSON.stringify(whole));
    };
    const sendError = (error: WireError, causedBy?: string) =>
      send({
        type: 'error',
        error: {
          type: error.type,
          code: error.code,
          message: error.message,
          param: error.param ?? null,
          event_id: causedBy ?? null,
        },
      });
    let deltas = 0;
    const onAudioDelta = () => {
      const drop = this.#faults.peek('drop');
      if (drop && deltas >= (drop.afterAudioDeltas ?? 0)) {
        this.#faults.take('drop');
        socket.terminate();
      }
      deltas += 1;
    };
    const conversing = this.#rules.converse({
      send,
      sendError,
      onAudioDelta,
      faults: this.#faults,
      upgrade,
      headers,
    });
    const open = { socket, conversing };
    this.#open.add(open);
    this.#latest = conversing.session;
    const slow = this.#faults.take('slow-start');
    const beginning = setTimeout(() => conversing.begin(), slow?.delayMs ?? 0);
    const limitMs =
      this.#faults.peek('session-limit')?.afterMs ?? this.#rules.sessionLimitMs(upgrade);
    const ending = setTimeout(() => {
      const minutes = Math.max(1, Math.round(limitMs / 60_000));
      sendError(
        new WireError(
          'session_expired',
          `Your session hit the maximum duration of ${minutes} minutes.`,
        ),
      );
      socket.close(1001, 'session_expired');
    }, limitMs);
    socket.on('message', (data, isBinary) => {
      if (isBinary || !Buffer.isBuffer(data)) {
        sendError(new WireError('invalid_event', 'Events are JSON in text messages.'));
      } else {
        this.#receive(connection, data.toString('utf8'), conversing, sendError);
      }
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearTimeout(beginning);
      clearTimeout(ending);
      this.#open.delete(open);
      void conversing.close();
    });
  }

  #receive(
    connection: number,
    text: string,
    conversing: Conversing,
    sendError: Line['sendError'],
  ): void {
    let eventId: string | undefined;
    try {
      const event = parse(text);
      this.log.add(connection, 'received', event);
      if (typeof event['event_id'] === 'string') eventId = event['event_id'];
      conversing.receive(event);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      sendError(error, eventId);
    }
  }
}

const reasons = {
  401: { code: 'invalid_api_key', message: 'Incorrect API key provided.' },
  403: { code: 'permission_denied', message: 'Access is denied for this resource.' },
  404: { code: 'not_found', message: 'There is no such resource.' },
  429: { code: 'rate_limit_exceeded', message: 'Too many requests.' },
  500: { code: 'server_error', message: 'The server had an error.' },
  503: { code: 'service_unavailable', message: 'The service is overloaded.' },
} as const;

function describe({ url = '/', headers }: IncomingMessage): UpgradeRequest {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const inUrl = [...searchParams.keys()].some((key) =>
    credentialsInUrl.includes(key.toLowerCase()),
  );
  const query = Object.fromEntries(
    [...searchParams].filter(([key]) => !credentialsInUrl.includes(key.toLowerCase())),
  );
  return { path: pathname, query, credential: credentialOf(headers, inUrl), status: 101 };
}

function credentialOf(
  headers: IncomingMessage['headers'],
  inUrl: boolean,
): UpgradeRequest['credential'] {
  if (inUrl) return 'url';
  if (headers['api-key'] !== undefined) return 'api-key';
  return headers.authorization?.startsWith('Bearer ') ? 'bearer' : 'none';
}

function parse(text: string): Readonly<Record<string, unknown>> {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    throw new WireError('invalid_json', 'The message could not be parsed as JSON.');
  }
  if (typeof event === 'object' && event !== null && !Array.isArray(event)) {
    return event as Readonly<Record<string, unknown>>;
  }
  throw new WireError('invalid_event', 'An event is a JSON object.');
}

function refuse(socket: Duplex, { status, code, message }: Refusal): void {
  const body = JSON.stringify({ error: { code, message } });
  const lines = [
    `HTTP/1.1 ${status} Refused`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(status === 429 ? ['Retry-After: 1'] : []),
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

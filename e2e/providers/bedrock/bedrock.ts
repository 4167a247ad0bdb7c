import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  constants,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Mind } from '../mind/mind.ts';
import { Faults, httpErrors, type Fault } from './faults.ts';
import { Log } from './log.ts';
import { Session, type Link } from './session.ts';
import type { Believed } from './talk.ts';

export type { Believed } from './talk.ts';
export type { Fault } from './faults.ts';
export type { Log } from './log.ts';

export interface BedrockOptions {
  /** Any free one by default. */
  readonly port?: number;
  /** What a stream lives at most; the service's own 8 minutes by default. */
  readonly sessionLimitMs?: number;
  /** How long it waits for sound or typed text; 55 s by default. */
  readonly idleLimitMs?: number;
  /** How much sound it sends before it is heard; 4 s by default. */
  readonly aheadMs?: number;
  /** Streams at a time; 20 by default, the quota of an account. */
  readonly concurrentLimit?: number;
}

export interface BedrockEmulator {
  /** For `endpoint`, or AWS_ENDPOINT_URL_BEDROCK_RUNTIME. */
  readonly url: string;
  /** What clients did and what came of it. */
  readonly log: Log;
  /** Streams that are open now. */
  readonly open: number;
  /** The conversation as the service believes it to have been, of the latest stream or of the one with this number. */
  believes(session?: number): Believed[];
  /** Plans a fault, to happen once. One that is for `now` strikes every open stream. */
  fault(fault: Fault): void;
  /** Forgets the faults that have not happened. */
  clearFaults(): void;
  stop(): Promise<void>;
}

const eightMinutesMs = 480_000;
const path = /^\/model\/([^/]+)\/invoke-with-bidirectional-stream$/u;
const models = new Set(['amazon.nova-2-sonic-v1:0']);

/** Amazon Nova 2 Sonic on Bedrock's runtime, over HTTP/2 without TLS on this machine. */
export async function startBedrock(options: BedrockOptions = {}): Promise<BedrockEmulator> {
  const runtime = new Runtime(await Mind.start({ name: 'Nova Sonic' }), options);
  await runtime.listen(options.port ?? 0);
  return runtime;
}

class Runtime implements BedrockEmulator {
  readonly log = new Log();
  readonly #mind: Mind;
  readonly #options: BedrockOptions;
  readonly #faults = new Faults();
  readonly #server = createServer();
  readonly #connections = new Set<ServerHttp2Session>();
  readonly #sessions: Session[] = [];
  readonly #open = new Set<Session>();

  constructor(mind: Mind, options: BedrockOptions) {
    this.#mind = mind;
    this.#options = options;
    this.#server.on('session', (connection) => {
      this.#connections.add(connection);
      connection.once('close', () => this.#connections.delete(connection));
      connection.on('error', () => undefined);
    });
    this.#server.on('stream', (stream, headers) => void this.#serve(stream, headers));
  }

  get url(): string {
    // It listens on a port and not on a pipe.
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  get open(): number {
    return this.#open.size;
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  believes(session = this.#sessions.length - 1): Believed[] {
    return this.#sessions[session]?.believes() ?? [];
  }

  fault(fault: Fault): void {
    if (!('at' in fault) || fault.at !== 'now') {
      this.#faults.plan(fault);
      return;
    }
    for (const session of [...this.#open]) {
      this.log.add(this.#sessions.indexOf(session), { kind: 'fault', fault });
      session.strike(fault);
    }
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  async stop(): Promise<void> {
    for (const session of [...this.#open]) session.close('the emulator stopped');
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const connection of this.#connections) connection.destroy();
    await closed;
    await this.#mind.stop();
  }

  async #serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> {
    // A client may go away at any time; its stream's `close` tells of it as well.
    stream.on('error', () => undefined);
    const modelId = decodeURIComponent(path.exec(headers[':path'] ?? '')?.[1] ?? '');
    const problem = this.#problemWith(headers, modelId);
    if (problem) {
      this.#reject(stream, problem);
      return;
    }
    const slow = this.#faults.take('slow-start');
    if (slow) await delay(slow.delayMs);
    if (stream.destroyed) return;
    stream.respond({
      ':status': 200,
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amzn-requestid': randomUUID(),
    });
    this.#converse(stream, modelId);
  }

  #converse(stream: ServerHttp2Stream, modelId: string): void {
    const number = this.#sessions.length;
    const session = new Session({
      link: linkOver(stream),
      mind: this.#mind,
      faults: this.#faults,
      limitMs:
        this.#faults.take('short-session')?.limitMs ??
        this.#options.sessionLimitMs ??
        eightMinutesMs,
      idleMs: this.#options.idleLimitMs ?? 55_000,
      aheadMs: this.#options.aheadMs ?? 4000,
      onHappening: (happening) => {
        if (happening.kind === 'closed') this.#open.delete(session);
        this.log.add(number, happening);
      },
    });
    this.#sessions.push(session);
    this.#open.add(session);
    this.log.add(number, { kind: 'opened', modelId });
    stream.on('data', (bytes: Buffer) => session.receive(bytes));
    stream.on('end', () => session.close('the client ended its stream'));
    stream.on('close', () => session.close('the client went away'));
  }

  #problemWith(headers: IncomingHttpHeaders, modelId: string): HttpProblem | undefined {
    const fault = this.#faults.take('http');
    if (fault) return { ...httpErrors[fault.status], ...withoutKind(fault) };
    if (headers[':method'] !== 'POST' || modelId === '') {
      return {
        status: 404,
        type: 'UnknownOperationException',
        message: 'There is no such operation.',
      };
    }
    if (!models.has(modelId)) {
      return {
        status: 400,
        type: 'ValidationException',
        message: 'The provided model identifier is invalid.',
      };
    }
    const { authorization = '' } = headers;
    if (
      !/^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[^/]+\/bedrock\/aws4_request,/u.test(
        authorization,
      )
    ) {
      return {
        status: 403,
        type: 'MissingAuthenticationTokenException',
        message: 'The request is not signed.',
      };
    }
    if (headers['x-amz-content-sha256'] !== 'STREAMING-AWS4-HMAC-SHA256-EVENTS') {
      return {
        status: 403,
        type: 'InvalidSignatureException',
        message: 'The events are not signed.',
      };
    }
    if (this.#open.size >= (this.#options.concurrentLimit ?? 20))
      return { ...httpErrors[429], status: 429 };
    return undefined;
  }

  #reject(stream: ServerHttp2Stream, { status, type, message }: HttpProblem): void {
    this.log.add(this.#sessions.length, {
      kind: 'refused',
      reason: `${status} ${type}: ${message}`,
    });
    stream.respond({
      ':status': status,
      'content-type': 'application/json',
      'x-amzn-errortype': type,
      'x-amzn-requestid': randomUUID(),
    });
    stream.end(JSON.stringify({ message }));
  }
}

interface HttpProblem {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

function withoutKind({ status, type, message }: Extract<Fault, { kind: 'http' }>) {
  return { status, ...(type !== undefined && { type }), ...(message !== undefined && { message }) };
}

function linkOver(stream: ServerHttp2Stream): Link {
  return {
    send: (bytes) => {
      if (stream.writable) stream.write(bytes);
    },
    end: () => {
      if (stream.writable) stream.end();
    },
    reset: (code) =>
      stream.close(
        code === 'NO_ERROR' ? constants.NGHTTP2_NO_ERROR : constants.NGHTTP2_INTERNAL_ERROR,
      ),
    drop: () => stream.session?.destroy(),
  };
}

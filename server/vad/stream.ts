import type { FastifyInstance } from 'fastify';
import type { WebSocket } from '@fastify/websocket';
import type { RawData } from 'ws';
import { z } from 'zod';
import type { AnalysisPool } from './analysis/pool.ts';
import type { RemoteAnalysis } from './analysis/remote-analysis.ts';
import { answerOf } from './answer.ts';
import { busy, failureOf, VadFailure } from './failure.ts';
import { rateOf, settingsOf } from './request.ts';
import type { VadSettings } from './settings.ts';

/** What the stream takes where the client names no rate. */
const usualRateHz = 16_000;
/** So many pieces may be on their way to the detector before the socket is read no further. */
const mostBehind = 16;
/** A client that leaves so much unread is given up, in bytes. */
const mostUnread = 1_000_000;
/** The largest piece, in bytes: ten seconds at 48 kHz. */
export const largestPiece = 960_000;

/** Codes of RFC 6455 and IANA's list. */
const closeCode = {
  done: 1000,
  unsupported: 1003,
  policy: 1008,
  broken: 1011,
  later: 1013,
} as const;

const command = z.object({ type: z.literal('end') });

/** `WS /v1/vad/stream`: pieces of samples in, one `vad_update` out for each, and the segments after `{"type":"end"}`. */
export function addStreamRoute(
  app: FastifyInstance,
  settings: VadSettings,
  pool: AnalysisPool,
  rateLimit: object,
): void {
  app.get(
    '/v1/vad/stream',
    {
      websocket: true,
      config: { rateLimit },
      // Before the upgrade, so that a refusal is an answer of HTTP with a status.
      preValidation: (request, _reply, done) => {
        rateOf(request);
        settingsOf(request);
        if (pool.open >= settings.mostOpen) throw busy();
        done();
      },
    },
    (socket, request) => {
      const source = { kind: 'pcm', rateHz: rateOf(request) ?? usualRateHz } as const;
      const analysis = pool.begin(source, settingsOf(request));
      if (analysis) new DetectionStream(socket, analysis, settings.pingEveryMs).run();
      else socket.close(closeCode.later, 'busy');
    },
  );
}

/** One client and its stream. */
class DetectionStream {
  readonly #socket: WebSocket;
  readonly #analysis: RemoteAnalysis;
  #answers = true;
  readonly #ping: NodeJS.Timeout;

  constructor(socket: WebSocket, analysis: RemoteAnalysis, pingEveryMs: number) {
    this.#socket = socket;
    this.#analysis = analysis;
    this.#ping = setInterval(() => this.#askForLife(), pingEveryMs);
  }

  run(): void {
    this.#socket.on('message', (data, isBinary) => {
      if (isBinary) void this.#hear(toBytes(data));
      else void this.#obey(toBytes(data).toString());
    });
    this.#socket.on('pong', () => {
      this.#answers = true;
    });
    // Told of by `close`, which always follows.
    this.#socket.on('error', () => undefined);
    this.#socket.once('close', () => {
      clearInterval(this.#ping);
      this.#analysis.drop();
    });
  }

  async #hear(bytes: Buffer): Promise<void> {
    try {
      const heard = this.#analysis.feed(bytes);
      if (this.#analysis.behind >= mostBehind) this.#socket.pause();
      const { speaking, probability, heardMs } = await heard;
      if (this.#analysis.behind < mostBehind / 2) this.#socket.resume();
      this.#tell({
        type: 'vad_update',
        is_speaking: speaking,
        timestamp: Math.round(heardMs) / 1000,
        probability: Math.round(probability * 1000) / 1000,
      });
    } catch (error) {
      this.#fail(error);
    }
  }

  async #obey(text: string): Promise<void> {
    try {
      if (!command.safeParse(parsed(text)).success) {
        throw new VadFailure(400, {
          code: 'bad_message',
          message: 'A message of text has to be {"type":"end"}.',
          cure: 'Send samples as binary messages, 16 bits each, little-endian, one channel.',
        });
      }
      const { voice_segments, original_duration } = answerOf(await this.#analysis.finish(), 0);
      this.#tell({ type: 'vad_result', voice_segments, original_duration });
      this.#socket.close(closeCode.done);
    } catch (error) {
      this.#fail(error);
    }
  }

  #tell(message: object): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(JSON.stringify(message));
    if (this.#socket.bufferedAmount <= mostUnread) return;
    // A close would wait behind all that it does not read.
    this.#socket.terminate();
  }

  #fail(error: unknown): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const failure = failureOf(error);
    this.#tell({
      type: 'error',
      error: failure?.answer.error ?? {
        code: 'internal',
        message: 'Something went wrong on the server.',
        cure: 'Connect again.',
      },
    });
    this.#socket.close(closeCodeOf(failure?.statusCode ?? 500), failure?.code ?? 'internal');
  }

  #askForLife(): void {
    if (!this.#answers) {
      this.#socket.terminate();
      return;
    }
    this.#answers = false;
    this.#socket.ping();
  }
}

/** The close code that says what a status of HTTP says. */
function closeCodeOf(status: number): number {
  if (status === 400) return closeCode.unsupported;
  if (status === 503) return closeCode.later;
  return status < 500 ? closeCode.policy : closeCode.broken;
}

function toBytes(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

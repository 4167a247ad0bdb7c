import type { WebSocket } from '@fastify/websocket';
import type { FastifyBaseLogger } from 'fastify';
import type { RawData } from 'ws';
import { z } from 'zod';
import type { RemoteAnalysis } from './analysis/remote-analysis.ts';
import { answerOf } from './answer.ts';
import { failureOf, VadFailure } from './failure.ts';

/** So many pieces may be on their way to the detector before the socket is read no further. */
const mostBehind = 16;
/** A client that leaves so much unread is given up, in bytes. */
const mostUnread = 1_000_000;

/** Codes of RFC 6455 and IANA's list. */
const closeCode = {
  done: 1000,
  unsupported: 1003,
  policy: 1008,
  broken: 1011,
  restart: 1012,
  later: 1013,
} as const;

const command = z.object({ type: z.literal('end') });

/** One client and its stream. */
export class DetectionStream {
  readonly #socket: WebSocket;
  readonly #analysis: RemoteAnalysis;
  readonly #graceMs: number;
  readonly #log: FastifyBaseLogger;
  readonly #ping: NodeJS.Timeout;
  #answers = true;
  #finished = false;
  #latest: Promise<unknown> = Promise.resolve();
  #end: NodeJS.Timeout | undefined;

  /** A client is asked every `pingEveryMs` whether it is there; for so long it may also take to hear of its end. */
  constructor(
    socket: WebSocket,
    analysis: RemoteAnalysis,
    pingEveryMs: number,
    log: FastifyBaseLogger,
  ) {
    this.#socket = socket;
    this.#analysis = analysis;
    this.#graceMs = pingEveryMs;
    this.#log = log;
    this.#ping = setInterval(() => this.#askForLife(), pingEveryMs);
  }

  run(): void {
    this.#socket.on('message', (data, isBinary) => {
      // What follows the end is of no interest.
      if (this.#finished) return;
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
      clearTimeout(this.#end);
      this.#analysis.drop();
    });
  }

  async #hear(bytes: Buffer): Promise<void> {
    try {
      const heard = this.#analysis.feed(bytes);
      this.#latest = heard;
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
      this.#finished = true;
      if (!command.safeParse(parsed(text)).success) {
        // The pieces before it are answered first.
        await this.#latest.catch(() => undefined);
        throw badMessage();
      }
      const { voice_segments, original_duration } = answerOf(await this.#analysis.finish(), 0);
      this.#tell({ type: 'vad_result', voice_segments, original_duration });
      this.#socket.close(closeCode.done);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Tells the client why it ends, hears no more of it, and cuts the line if it does not take leave. */
  end(why: VadFailure): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(JSON.stringify({ type: 'error', ...why.answer }));
    this.#socket.close(closeCodeOf(why), why.code);
    this.#analysis.drop();
    // Else it would not hear the client take leave.
    this.#socket.resume();
    clearInterval(this.#ping);
    this.#end = setTimeout(() => this.#socket.terminate(), this.#graceMs);
  }

  #tell(message: object): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(JSON.stringify(message));
    if (this.#socket.bufferedAmount > mostUnread) this.#giveUp(tooSlow());
  }

  #fail(error: unknown): void {
    // What was dropped on its way is told of elsewhere.
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const known = failureOf(error);
    if (!known) this.#log.error(error);
    this.end(
      known ??
        new VadFailure(500, {
          code: 'internal',
          message: 'Something went wrong on the server.',
          cure: 'Connect again.',
        }),
    );
  }

  #askForLife(): void {
    if (!this.#answers) {
      this.#giveUp(noAnswer());
      return;
    }
    this.#answers = false;
    this.#socket.ping();
  }

  #giveUp(why: VadFailure): void {
    this.#log.info({ code: why.code, unreadBytes: this.#socket.bufferedAmount }, why.message);
    this.end(why);
  }
}

function badMessage(): VadFailure {
  return new VadFailure(400, {
    code: 'bad_message',
    message: 'A message of text has to be {"type":"end"}.',
    cure: 'Send samples as binary messages, 16 bits each, little-endian, one channel.',
  });
}

function tooSlow(): VadFailure {
  return new VadFailure(408, {
    code: 'too_slow',
    message: 'The client does not read what it is told.',
    cure: 'Read the updates as they come, or send larger pieces, which bring fewer of them.',
  });
}

function noAnswer(): VadFailure {
  return new VadFailure(408, {
    code: 'no_answer',
    message: 'The client has not answered a ping.',
    cure: 'Connect again, and let the client answer pings.',
  });
}

/** The close code that says what a refusal says. */
export function closeCodeOf({ code, statusCode }: VadFailure): number {
  if (code === 'stopping') return closeCode.restart;
  if (statusCode === 400) return closeCode.unsupported;
  if (statusCode === 503) return closeCode.later;
  return statusCode < 500 ? closeCode.policy : closeCode.broken;
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

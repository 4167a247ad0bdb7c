import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { WavProblem } from '../../vad/wav/problem.ts';
import { ThreadLost } from './analysis/remote-analysis.ts';
import { readableNames } from './decoding/formats.ts';
import { DecodingProblem } from './decoding/problem.ts';

/** What every refusal of the service holds, over HTTP and in the stream alike. */
export interface VadError {
  /** For programs; does not change. */
  readonly code: string;
  /** What went wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly cure: string;
}

/** A refusal with the status of HTTP that goes with it. */
export class VadFailure extends Error {
  override readonly name = 'VadFailure';
  readonly statusCode: number;
  readonly code: string;
  readonly cure: string;

  constructor(statusCode: number, { code, message, cure }: VadError) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
    this.cure = cure;
  }

  get answer(): { readonly error: VadError } {
    return { error: { code: this.code, message: this.message, cure: this.cure } };
  }
}

export function busy(): VadFailure {
  return new VadFailure(503, {
    code: 'busy',
    message: 'The service has as many recordings in hand as it takes.',
    cure: 'Send the same request again in a second.',
  });
}

/** What any error means to whoever sent the request. */
export function failureOf(error: unknown): VadFailure | undefined {
  if (error instanceof VadFailure) return error;
  if (error instanceof WavProblem) {
    return new VadFailure(422, {
      code: error.kind === 'empty' ? 'empty_audio' : 'unreadable_audio',
      message: error.message,
      cure: 'Check that the whole file was sent and that it plays elsewhere, or convert it to a plain WAV file.',
    });
  }
  if (error instanceof DecodingProblem) {
    return new VadFailure(error.kind === 'decoder' ? 415 : 422, {
      code: error.kind === 'decoder' ? 'no_decoder' : 'unreadable_audio',
      message: error.message,
      cure: `Send ${readableNames}, or samples of 16 bits with their rate in X-Audio-Sample-Rate.`,
    });
  }
  if (error instanceof ThreadLost) {
    return new VadFailure(503, {
      code: 'interrupted',
      message: error.message,
      cure: 'Send the same request again.',
    });
  }
  return undefined;
}

/** Answers an error of a route of the service. */
export function answerVadFailure(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const known = failureOf(error);
  if (!known) request.log.error(error);
  const failure =
    known ??
    new VadFailure(500, {
      code: 'internal',
      message: 'Something went wrong on the server.',
      cure: 'Send it again; if it goes on, the log of the server says more.',
    });
  if (failure.statusCode === 503) reply.header('Retry-After', '1');
  if (failure.statusCode === 401) reply.header('WWW-Authenticate', 'Bearer');
  void reply.code(failure.statusCode).header('Cache-Control', 'no-store').send(failure.answer);
}

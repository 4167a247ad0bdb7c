import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ServerError } from 'livekit-server-sdk';
import type { ApiError } from '#protocol/token.ts';

/** A refusal that a person can read. Thrown anywhere in a route, answered in the `apiError` shape. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
  }
}

function livekitUnreachable(): ApiFailure {
  return new ApiFailure(
    503,
    'livekit_unreachable',
    'The LiveKit server does not answer. Try again in a moment.',
  );
}

/** What LiveKit's API said, in words of this server; a failure that has words already stays as it is. */
export function failureOfLivekit(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  if (error instanceof ServerError && [401, 403].includes(error.status)) {
    return new ApiFailure(
      502,
      'livekit_refused',
      'The LiveKit server refuses the API key of this server.',
    );
  }
  return livekitUnreachable();
}

/** Fastify's own refusals in plain words; the codes are from its list of errors. */
const knownFailures: Readonly<Record<string, Omit<ApiFailure, 'name'>>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new ApiFailure(413, 'too_large', 'The request body is too large.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new ApiFailure(
    415,
    'unsupported_media_type',
    'Send the body as JSON, with Content-Type: application/json.',
  ),
  FST_ERR_CTP_INVALID_JSON_BODY: new ApiFailure(400, 'bad_request', 'The body is not valid JSON.'),
  FST_ERR_CTP_EMPTY_JSON_BODY: new ApiFailure(
    400,
    'bad_request',
    'The body is empty. Send a JSON object; {} is enough.',
  ),
};

export function answerFailure(
  error: FastifyError | ApiFailure,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const failure = error instanceof ApiFailure ? error : (knownFailures[error.code] ?? undefined);
  if (failure !== undefined) {
    send(reply, failure);
    return;
  }
  const status = error.statusCode ?? 500;
  if (status < 500) {
    send(reply, new ApiFailure(status, 'bad_request', error.message));
    return;
  }
  request.log.error(error);
  send(
    reply,
    new ApiFailure(500, 'internal', 'Something went wrong on the server; its log says more.'),
  );
}

function send(reply: FastifyReply, failure: Pick<ApiFailure, 'statusCode' | 'code' | 'message'>) {
  const body: ApiError = { error: { code: failure.code, message: failure.message } };
  void reply.code(failure.statusCode).header('Cache-Control', 'no-store').send(body);
}

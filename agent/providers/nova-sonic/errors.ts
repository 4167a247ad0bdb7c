/**
 * What a failure means for the conversation. `refused`: the credentials are not accepted, and trying again is of no
 * use; `limited`: too much was asked for; `unreachable`: the way to the service is broken; `failed`: the service says
 * that something went wrong.
 */
export type FailureKind = 'refused' | 'limited' | 'unreachable' | 'failed';

export class NovaSonicError extends Error {
  override readonly name = 'NovaSonicError';
  readonly kind: FailureKind;
  /** Whether another try soon makes sense; where it does not, it is tried again only after a long pause. */
  readonly retryable: boolean;

  constructor(
    kind: FailureKind,
    message: string,
    options: { retryable: boolean; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.retryable = options.retryable;
  }
}

const kinds: Readonly<Record<string, FailureKind>> = {
  AccessDeniedException: 'refused',
  UnrecognizedClientException: 'refused',
  InvalidSignatureException: 'refused',
  IncompleteSignature: 'refused',
  MissingAuthenticationToken: 'refused',
  ExpiredTokenException: 'refused',
  InvalidClientTokenId: 'refused',
  CredentialsProviderError: 'refused',
  ThrottlingException: 'limited',
  ServiceQuotaExceededException: 'limited',
  ServiceUnavailableException: 'unreachable',
  TimeoutError: 'unreachable',
  ModelNotReadyException: 'failed',
  ModelErrorException: 'failed',
  ModelStreamErrorException: 'failed',
  ModelTimeoutException: 'failed',
  InternalServerException: 'failed',
  ValidationException: 'failed',
  ResourceNotFoundException: 'failed',
};

/** Reports of the service's own trouble, or of a tool result that it could not read, that come as a ValidationException. */
const passingValidation = [
  'InternalErrorCode=531::RST_STREAM closed stream. HTTP/2 error code: NO_ERROR',
  'System instability detected',
  'Tool Response parsing error',
  'Timed out waiting for',
];

/** Sorts what the AWS SDK threw. A name that is not known is taken as trouble on the way. */
export function classify(error: unknown): NovaSonicError {
  if (error instanceof NovaSonicError) return error;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const kind = kinds[name] ?? kindOfStatus(statusOf(error));
  return new NovaSonicError(kind, `${sentenceOf[kind]} (${name}: ${message})`, {
    retryable: isRetryable(name, message, kind),
    cause: error,
  });
}

/** The stream ended although nobody had ended it: the SDK gives no error for a reset or a dropped connection. */
export function lost(detail: string): NovaSonicError {
  return new NovaSonicError(
    'unreachable',
    `The connection to Amazon Nova Sonic was lost: ${detail}`,
    {
      retryable: true,
    },
  );
}

const sentenceOf: Readonly<Record<FailureKind, string>> = {
  refused: 'Amazon Bedrock does not accept these AWS credentials.',
  limited: 'Amazon Bedrock asks for a pause.',
  unreachable: 'Amazon Bedrock cannot be reached.',
  failed: 'Amazon Nova Sonic reported an error.',
};

function isRetryable(name: string, message: string, kind: FailureKind): boolean {
  if (kind === 'refused' || name === 'ResourceNotFoundException') return false;
  if (name === 'ValidationException') {
    return passingValidation.some((text) => message.includes(text));
  }
  return true;
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const metadata = error.$metadata as { httpStatusCode?: number } | undefined;
  return metadata?.httpStatusCode;
}

function kindOfStatus(status: number | undefined): FailureKind {
  if (status === 401 || status === 403) return 'refused';
  if (status === 429) return 'limited';
  if (status !== undefined && status >= 400 && status < 500) return 'failed';
  return 'unreachable';
}

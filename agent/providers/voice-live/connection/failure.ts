/**
 * What stands behind a failure, for whoever has to do something about it:
 * `refused`: the credentials are wrong for good; `limited`: too much was asked for, later it may work;
 * `unreachable`: the service does not answer, or the line broke; `settings`: it did not like what it was told to do;
 * `service`: it could not do what it should have done.
 */
export type FailureKind = 'refused' | 'limited' | 'unreachable' | 'settings' | 'service';

export class VoiceLiveError extends Error {
  override readonly name = 'VoiceLiveError';
  readonly kind: FailureKind;
  /** The service's own, or the status of its answer. */
  readonly code: string | undefined;
  /** How long the service asks to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: FailureKind,
    message: string,
    details: {
      readonly code?: string | undefined;
      readonly retryAfterMs?: number | undefined;
    } = {},
  ) {
    super(message);
    this.kind = kind;
    this.code = details.code;
    this.retryAfterMs = details.retryAfterMs;
  }
}

const longestReason = 300;

/** From the answer to a handshake that did not become a socket. */
export function fromHandshake(
  status: number,
  retryAfter: string | undefined,
  body: string,
): VoiceLiveError {
  const reason = reasonIn(body);
  const details = { code: String(status), retryAfterMs: retryAfterMs(retryAfter) };
  const said = reason ? `${status}: ${reason}` : String(status);
  if (status === 401 || status === 403)
    return new VoiceLiveError(
      'refused',
      `Azure Voice Live refused the credentials (${said}).`,
      details,
    );
  if (status === 429)
    return new VoiceLiveError('limited', `Azure Voice Live asks for a pause (${said}).`, details);
  if (status === 400 || status === 404)
    return new VoiceLiveError(
      'settings',
      `Azure Voice Live has no such model or address (${said}). Check the endpoint, the model and its region.`,
      details,
    );
  return new VoiceLiveError(
    'unreachable',
    `Azure Voice Live cannot be reached (${said}).`,
    details,
  );
}

const refusals = new Set([
  'authentication_error',
  'authenticationfailed',
  'invalid_api_key',
  'permissiondenied',
  'unauthorized',
]);
const limits = new Set([
  'rate_limit_exceeded',
  'rate_limit_error',
  'too_many_requests',
  'insufficient_quota',
]);

/** From an `error` event. */
export function fromErrorEvent(error: {
  readonly type?: string | null | undefined;
  readonly code?: string | null | undefined;
  readonly message: string;
  readonly param?: string | null | undefined;
}): VoiceLiveError {
  const names = [error.code, error.type].map((name) => name?.toLowerCase() ?? '');
  const where = error.param ? ` (${error.param})` : '';
  return new VoiceLiveError(kindOf(names), `${error.message.slice(0, longestReason)}${where}`, {
    code: error.code ?? error.type ?? undefined,
  });
}

function kindOf(names: readonly string[]): FailureKind {
  if (names.some((name) => refusals.has(name))) return 'refused';
  if (names.some((name) => limits.has(name))) return 'limited';
  return names.includes('invalid_request_error') ? 'settings' : 'service';
}

/** A socket that closed without being asked to. 1008 is the code of a service that does not want this client. */
export function fromClose(code: number, reason: string): VoiceLiveError {
  const said = reason ? `: ${reason.slice(0, longestReason)}` : '';
  return new VoiceLiveError(
    code === 1013 ? 'limited' : 'unreachable',
    `The connection to Azure Voice Live ended (${code}${said}).`,
    { code: String(code) },
  );
}

function reasonIn(body: string): string | undefined {
  try {
    const json: unknown = JSON.parse(body);
    const holder = field(json, 'error') ?? json;
    const message = field(holder, 'message');
    return typeof message === 'string' ? message.slice(0, longestReason) : undefined;
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** Seconds, or a date. */
function retryAfterMs(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

import type { z } from 'zod';

interface WireErrorDetails {
  readonly param?: string;
  readonly type?: 'invalid_request_error' | 'server_error' | 'tokens';
}

/** What the service answers with an `error` event; the session goes on. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly code: string;
  readonly param: string | undefined;
  readonly type: string;

  constructor(
    code: string,
    message: string,
    { param, type = 'invalid_request_error' }: WireErrorDetails = {},
  ) {
    super(message);
    this.code = code;
    this.param = param;
    this.type = type;
  }
}

/** The value, checked field by field; throws the `WireError` of the first field that is wrong. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  path = '',
): z.output<Schema> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw issue ? asWireError(issue, path) : new WireError('invalid_value', 'Invalid value.');
}

function asWireError(issue: z.core.$ZodIssue, path: string): WireError {
  const param = joinPath(path, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const unknown = joinPath(param, [issue.keys[0] ?? '']);
      return new WireError('unknown_parameter', `Unknown parameter: '${unknown}'.`, {
        param: unknown,
      });
    }
    case 'invalid_type':
      if (issue.input === undefined) return missing(param);
      return new WireError(
        'invalid_type',
        `Invalid type for '${param}': expected ${issue.expected}, but got ${kindOf(issue.input)} instead.`,
        { param },
      );
    case 'invalid_value': {
      if (issue.input === undefined) return missing(param);
      const supported = issue.values.map((one) => `'${String(one)}'`).join(', ');
      return new WireError(
        'invalid_value',
        `Invalid value: ${JSON.stringify(issue.input)}. Supported values are: ${supported}.`,
        { param },
      );
    }
    case 'invalid_union': {
      const nearest = issue.errors
        .flatMap((branch) => branch.slice(0, 1))
        .sort((a, b) => closeness(b) - closeness(a))[0];
      if (nearest) return asWireError(nearest, param);
      return new WireError('invalid_value', `Invalid value for '${param}'.`, { param });
    }
    default:
      return new WireError('invalid_value', `Invalid '${param}': ${issue.message}`, { param });
  }
}

/** Of the branches of a union, the one that got furthest is the one that was meant. */
function closeness(issue: z.core.$ZodIssue): number {
  return issue.path.length * 2 + (issue.code === 'unrecognized_keys' ? 1 : 0);
}

function missing(param: string): WireError {
  return new WireError('missing_required_parameter', `Missing required parameter: '${param}'.`, {
    param,
  });
}

function joinPath(start: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((joined, key) => {
    if (typeof key === 'number') return `${joined}[${key}]`;
    return joined === '' ? String(key) : `${joined}.${String(key)}`;
  }, start);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

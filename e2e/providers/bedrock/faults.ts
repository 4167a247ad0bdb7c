import type { ExceptionType } from './refusal.ts';

/** When a fault strikes a stream. */
export type Moment =
  /** At once, on every stream that is open. */
  | 'now'
  /** With the first sound of the client. */
  | 'audio'
  /** When a turn has been heard, before it is answered. */
  | 'turn'
  /** When half a second of a reply has been sent. */
  | 'reply'
  /** When a tool has been called, before its result. */
  | 'tool';

/** What goes wrong with a stream that is open. */
export type Blow =
  | { readonly kind: 'exception'; readonly exception: ExceptionType; readonly message?: string }
  /** RST_STREAM with this code of RFC 9113. */
  | { readonly kind: 'reset'; readonly code: 'NO_ERROR' | 'INTERNAL_ERROR' }
  /** The TCP connection is gone. */
  | { readonly kind: 'drop' }
  /** The response ends without an error or a completionEnd. */
  | { readonly kind: 'end' }
  /** Text that is no JSON, an event that nobody knows, or bytes that are no frame. The stream goes on. */
  | { readonly kind: 'malformed'; readonly what: 'json' | 'event' | 'frame' };

export type Fault =
  | (Blow & { readonly at: Moment })
  /** The next request is answered with this status, and not opened. */
  | {
      readonly kind: 'http';
      readonly status: 400 | 401 | 403 | 404 | 408 | 424 | 429 | 500 | 503;
      readonly type?: string;
      readonly message?: string;
    }
  /** The next request is left without an answer for so long. */
  | { readonly kind: 'slow-start'; readonly delayMs: number }
  /** The next stream times out after so long, and not after eight minutes. */
  | { readonly kind: 'short-session'; readonly limitMs: number }
  /** After the next interruption so much of the reply that was cut off is sent all the same. */
  | { readonly kind: 'late-audio'; readonly lengthMs: number }
  /** The next turn is heard but not answered. */
  | { readonly kind: 'silence' }
  /** The arguments of the next call are JSON in a JSON string. */
  | { readonly kind: 'double-encoded' };

type OfKind<K extends Fault['kind']> = Extract<Fault, { kind: K }>;

/** What is to go wrong, each once, in the order of asking. */
export class Faults {
  #planned: Fault[] = [];

  plan(fault: Fault): void {
    this.#planned.push(fault);
  }

  take<K extends Fault['kind']>(kind: K): OfKind<K> | undefined {
    return this.#remove((fault): fault is OfKind<K> => fault.kind === kind);
  }

  takeBlow(at: Moment): (Blow & { at: Moment }) | undefined {
    return this.#remove(
      (fault): fault is Blow & { at: Moment } => 'at' in fault && fault.at === at,
    );
  }

  clear(): void {
    this.#planned = [];
  }

  #remove<F extends Fault>(isWanted: (fault: Fault) => fault is F): F | undefined {
    const found = this.#planned.find(isWanted);
    this.#planned = this.#planned.filter((fault) => fault !== found);
    return found;
  }
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithBidirectionalStream.html#API_runtime_InvokeModelWithBidirectionalStream_Errors */
export const httpErrors: Readonly<
  Record<OfKind<'http'>['status'], { readonly type: string; readonly message: string }>
> = {
  400: { type: 'ValidationException', message: 'The request is not valid.' },
  401: {
    type: 'UnrecognizedClientException',
    message: 'The security token in the request is invalid.',
  },
  403: {
    type: 'AccessDeniedException',
    message: "You don't have access to the model with the specified model ID.",
  },
  404: { type: 'ResourceNotFoundException', message: 'The model was not found.' },
  408: { type: 'ModelTimeoutException', message: 'The model took too long to answer.' },
  424: { type: 'ModelErrorException', message: 'The model met an error.' },
  429: {
    type: 'ThrottlingException',
    message: 'Too many requests, please wait before trying again.',
  },
  500: { type: 'InternalServerException', message: 'The service failed.' },
  503: { type: 'ServiceUnavailableException', message: 'The service is not available.' },
};

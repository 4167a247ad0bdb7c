/** Exceptions that the operation may answer with inside its stream, by their names on the wire. */
export type ExceptionType =
  | 'validationException'
  | 'modelTimeoutException'
  | 'modelStreamErrorException'
  | 'throttlingException'
  | 'internalServerException'
  | 'serviceUnavailableException';

/** What the client did is answered with an exception of the service, which ends the stream. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly type: ExceptionType;

  constructor(message: string, type: ExceptionType = 'validationException') {
    super(message);
    this.type = type;
  }
}

/** The service says no more than its first sentence; the rest is for whoever reads a failed test. */
export function invalid(detail: string): Refusal {
  return new Refusal(`Invalid input request, please fix your input and try again. ${detail}`);
}

import type { ZodError } from 'zod';

/** Why the service closes a connection: a code of RFC 6455 and at most 123 bytes of reason. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;
  readonly reason: string;

  constructor(code: number, reason: string) {
    super(reason);
    this.code = code;
    this.reason = Buffer.from(reason).subarray(0, 120).toString();
  }

  static invalidPayload(where: string, error: ZodError): Refusal {
    const [issue] = error.issues;
    const path = [where, ...(issue?.path ?? [])].join('.');
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    return new Refusal(
      1007,
      unknown === undefined
        ? `Invalid value at '${path}': ${issue?.message ?? ''}`
        : `Invalid JSON payload received. Unknown name "${unknown}" at '${path}': Cannot find field.`,
    );
  }
}

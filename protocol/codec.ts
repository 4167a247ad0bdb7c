import type * as z from 'zod/mini';

/** What came over the wire: either the checked value, or one sentence that says what is wrong with it. */
export type Decoded<T> = { ok: true; value: T } | { ok: false; reason: string };

/** A kind of message: how it is checked and how large its JSON may be, in UTF-8 bytes. */
export interface MessageKind<T> {
  readonly schema: z.ZodMiniType<T>;
  readonly maxBytes: number;
}

/** Serialises a message that this side made itself. Throws a `RangeError` if it is over the limit. */
export function encode<T>(kind: MessageKind<T>, value: T): string {
  const json = JSON.stringify(value);
  const bytes = byteLength(json);
  if (bytes > kind.maxBytes) {
    throw new RangeError(`Message of ${bytes} bytes is over the limit of ${kind.maxBytes}.`);
  }
  return json;
}

/** Reads a message from somebody else: too large, not JSON or of the wrong shape is refused, never thrown. */
export function decode<T>(kind: MessageKind<T>, payload: string): Decoded<T> {
  const bytes = byteLength(payload);
  if (bytes > kind.maxBytes) {
    return { ok: false, reason: `${bytes} bytes are over the limit of ${kind.maxBytes}.` };
  }
  let json: unknown;
  try {
    json = JSON.parse(payload);
  } catch {
    return { ok: false, reason: 'Not valid JSON.' };
  }
  const parsed = kind.schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  return {
    ok: false,
    reason: where ? `${where}: ${issue?.message}` : (issue?.message ?? 'Invalid.'),
  };
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

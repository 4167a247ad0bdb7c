import type * as z from 'zod/mini';

/** What came over the wire: either the checked value, or one sentence that says what is wrong with it. */
export type Decoded<T> = { ok: true; value: T } | { ok: false; reason: string };

/** A kind of message: how it is checked and how large its JSON may be, in UTF-8 bytes. */
export interface MessageKind<T> {
  readonly schema: z.ZodMiniType<T>;
  readonly maxBytes: number;
}

/** In characters. */
const longestReason = 200;

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
  return { ok: false, reason: reasonOf(parsed.error.issues) ?? 'Invalid.' };
}

/** What is wrong first, with its place, in at most 200 characters; undefined where nothing is. */
export function reasonOf(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  whole = '',
): string | undefined {
  const [issue] = issues;
  if (!issue) return undefined;
  const where = issue.path.map(String).join('.') || whole;
  // Both may repeat names that the other side has made up, of any length.
  return (where ? `${where}: ${issue.message}` : issue.message).slice(0, longestReason);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

import { EventStreamCodec } from '@smithy/eventstream-codec';
import { fromUtf8, toUtf8 } from '@smithy/util-utf8';
import type { ExceptionType } from './refusal.ts';

const codec = new EventStreamCodec(toUtf8, fromUtf8);
const lengthBytes = 4;
/** The service takes no larger frame. */
const longestFrameBytes = 16 * 1024 * 1024;

export type ReceivedFrame =
  | { readonly kind: 'chunk'; readonly json: string }
  /** A signed frame without content: the client will send no more. */
  | { readonly kind: 'end' };

/** The bytes are no signed event stream; nothing after them can be read. */
export class FramingError extends Error {
  override readonly name = 'FramingError';
}

/**
 * Takes the request apart: signed frames, each of which holds an event-stream message, which holds JSON in base64.
 * https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html#streaming-event-stream
 */
export class FrameReader {
  #rest = new Uint8Array(0);

  /** The frames that are complete with these bytes, however they were split on the way. */
  push(bytes: Uint8Array): ReceivedFrame[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const frames: ReceivedFrame[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(unwrap(frame));
    return frames;
  }

  #next(): Uint8Array | undefined {
    if (this.#rest.length < lengthBytes) return undefined;
    const { buffer, byteOffset } = this.#rest;
    const length = new DataView(buffer, byteOffset).getUint32(0);
    if (length > longestFrameBytes) throw new FramingError(`A frame claims ${length} bytes.`);
    if (this.#rest.length < length) return undefined;
    const frame = this.#rest.slice(0, length);
    this.#rest = this.#rest.slice(length);
    return frame;
  }
}

function unwrap(frame: Uint8Array): ReceivedFrame {
  const signed = decode(frame);
  for (const header of [':date', ':chunk-signature']) {
    if (!(header in signed.headers)) throw new FramingError(`A frame has no ${header}.`);
  }
  if (signed.body.length === 0) return { kind: 'end' };
  const inner = decode(signed.body);
  if (inner.headers[':event-type']?.value !== 'chunk') {
    throw new FramingError('A frame holds something else than a chunk.');
  }
  const body: unknown = JSON.parse(toUtf8(inner.body));
  if (typeof body !== 'object' || body === null || !('bytes' in body)) {
    throw new FramingError('A chunk holds no bytes.');
  }
  return { kind: 'chunk', json: Buffer.from(String(body.bytes), 'base64').toString('utf8') };
}

function decode(bytes: Uint8Array) {
  try {
    return codec.decode(bytes);
  } catch (error) {
    throw new FramingError(error instanceof Error ? error.message : String(error));
  }
}

/** One output event as it goes over the wire. */
export function encodeChunk(json: string): Uint8Array {
  return encode(
    { ':message-type': 'event', ':event-type': 'chunk' },
    {
      bytes: Buffer.from(json, 'utf8').toString('base64'),
    },
  );
}

export function encodeException(type: ExceptionType, message: string): Uint8Array {
  return encode({ ':message-type': 'exception', ':exception-type': type }, { message });
}

function encode(headers: Readonly<Record<string, string>>, body: object): Uint8Array {
  const all = { ...headers, ':content-type': 'application/json' };
  return codec.encode({
    headers: Object.fromEntries(
      Object.entries(all).map(([name, value]) => [name, { type: 'string' as const, value }]),
    ),
    body: fromUtf8(JSON.stringify(body)),
  });
}

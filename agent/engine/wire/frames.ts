/** Both sides refuse a frame that claims more than this, before they make room for it. In bytes. */
export const maxHeaderBytes = 64 * 1024;
export const maxPayloadBytes = 512 * 1024;

const prefixBytes = 8;

export interface Frame {
  /** Parsed JSON, not yet checked against any schema. */
  readonly header: unknown;
  /** Raw bytes that belong to the header; empty for most messages. */
  readonly payload: Uint8Array;
}

/** The other side sent something that is not a frame of this protocol. The connection cannot be read on. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/**
 * One frame: two little-endian 32-bit lengths in bytes (header, payload), the header as JSON, the payload as it is.
 * Throws a `FrameError` if either part is over its limit.
 */
export function encodeFrame(header: unknown, payload: Uint8Array = new Uint8Array()): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  checkLengths(json.byteLength, payload.byteLength);
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt32LE(json.byteLength, 0);
  prefix.writeUInt32LE(payload.byteLength, 4);
  return Buffer.concat([prefix, json, payload]);
}

/** Puts frames together again from chunks of any size. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #bytes = 0;

  /** The frames that are complete with this chunk. Throws a `FrameError` on malformed input. */
  push(chunk: Buffer): Frame[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): Frame | undefined {
    if (this.#bytes < prefixBytes) return undefined;
    const data = this.#joined();
    const headerBytes = data.readUInt32LE(0);
    const payloadBytes = data.readUInt32LE(4);
    checkLengths(headerBytes, payloadBytes);
    const end = prefixBytes + headerBytes + payloadBytes;
    if (data.byteLength < end) return undefined;

    this.#chunks = end === data.byteLength ? [] : [data.subarray(end)];
    this.#bytes = data.byteLength - end;
    return {
      header: parseHeader(data.subarray(prefixBytes, prefixBytes + headerBytes)),
      payload: data.subarray(prefixBytes + headerBytes, end),
    };
  }

  #joined(): Buffer {
    const [first, ...rest] = this.#chunks;
    if (first && rest.length === 0) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}

function parseHeader(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new FrameError('The header is not JSON.');
  }
}

function checkLengths(headerBytes: number, payloadBytes: number): void {
  if (headerBytes > maxHeaderBytes) {
    throw new FrameError(
      `A header of ${headerBytes} bytes is over the limit of ${maxHeaderBytes}.`,
    );
  }
  if (payloadBytes > maxPayloadBytes) {
    throw new FrameError(
      `A payload of ${payloadBytes} bytes is over the limit of ${maxPayloadBytes}.`,
    );
  }
}

/**
 * ITU-T G.711 in both laws: 16-bit linear samples to one byte each and back. μ-law keeps 14 bits of range, A-law 13;
 * a sample that has been through a codec once comes through again unchanged.
 */

const segmentEnds = [0x1f, 0x3f, 0x7f, 0xff, 0x1ff, 0x3ff, 0x7ff, 0xfff];
const muBias = 33;
const muLargest = 8191;

/** The number of the first segment that holds this magnitude; the last one for what is beyond all. */
function segmentOf(magnitude: number, ends: readonly number[]): number {
  const found = ends.findIndex((end) => magnitude <= end);
  return found === -1 ? ends.length - 1 : found;
}

const muEnds = segmentEnds.map((end) => end * 2 + 1);

function muEncoded(sample: number): number {
  const value = sample >> 2;
  const magnitude = Math.min(Math.abs(value) + muBias, muLargest);
  const segment = segmentOf(magnitude, muEnds);
  const code = (segment << 4) | ((magnitude >> (segment + 1)) & 0x0f);
  return value < 0 ? code ^ 0x7f : code ^ 0xff;
}

function muDecoded(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 0x0f) << 1) + muBias) << ((code & 0x70) >> 4)) - muBias;
  return (code & 0x80 ? -magnitude : magnitude) << 2;
}

/** Every second bit of an A-law byte is turned over on the wire. */
const aEvenBits = 0x55;

function aEncoded(sample: number): number {
  const value = sample >> 3;
  const magnitude = value < 0 ? ~value : value;
  const segment = segmentOf(magnitude, segmentEnds);
  const step = (magnitude >> Math.max(1, segment)) & 0x0f;
  return ((segment << 4) | step) ^ (value < 0 ? aEvenBits : aEvenBits | 0x80);
}

function aDecoded(byte: number): number {
  const code = byte ^ aEvenBits;
  const segment = (code & 0x70) >> 4;
  const base = ((code & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? base : (base + 0x100) << (segment - 1);
  return code & 0x80 ? magnitude : -magnitude;
}

const every16Bits = Array.from({ length: 0x1_0000 }, (_, index) => index - 0x8000);
const everyByte = Array.from({ length: 0x100 }, (_, index) => index);
const tables = {
  ulaw: {
    encode: Uint8Array.from(every16Bits, muEncoded),
    decode: Int16Array.from(everyByte, muDecoded),
  },
  alaw: {
    encode: Uint8Array.from(every16Bits, aEncoded),
    decode: Int16Array.from(everyByte, aDecoded),
  },
};
export type G711Law = keyof typeof tables;

/** One byte a sample. */
export function encodeG711(samples: Int16Array, law: G711Law): Uint8Array {
  const { encode } = tables[law];
  return Uint8Array.from(samples, (sample) => encode[sample + 0x8000] ?? 0);
}

/** One 16-bit sample a byte. */
export function decodeG711(bytes: Uint8Array, law: G711Law): Int16Array {
  const { decode } = tables[law];
  return Int16Array.from(bytes, (byte) => decode[byte] ?? 0);
}

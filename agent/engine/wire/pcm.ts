import { maxPayloadBytes } from './frames.ts';

/** PCM travels as signed 16-bit little-endian mono, and every machine that Node runs on is little-endian. */
export function pcmBytes(samples: Int16Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** Copies, because bytes off a socket need not lie on an even address. Throws a `RangeError` on half a sample. */
export function pcmSamples(bytes: Uint8Array): Int16Array {
  if (bytes.byteLength % 2 !== 0) throw new RangeError('The payload ends in half a sample.');
  return new Int16Array(Uint8Array.from(bytes).buffer);
}

/** [-32768, 32767] to [-1, 1). */
export function toFloat(samples: Int16Array): Float32Array {
  return Float32Array.from(samples, (sample) => sample / 32768);
}

/** [-1, 1] to [-32768, 32767]; what lies outside is clipped. */
export function toInt16(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) =>
    Math.max(-32768, Math.min(32767, Math.round(sample * 32767))),
  );
}

/** Parts that each fit a frame. They are views of the same samples. */
export function inFrames(samples: Int16Array): Int16Array[] {
  const length = maxPayloadBytes / Int16Array.BYTES_PER_ELEMENT;
  return Array.from({ length: Math.ceil(samples.length / length) }, (_, index) =>
    samples.subarray(index * length, (index + 1) * length),
  );
}

export function joined(parts: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** ITU-T G.711, both laws, between bytes and 16-bit linear samples. */

/** μ-law adds this before it looks for the segment: 33 at the recommendation's 14 bits. */
const muLawBias = 33 << 2;
/** The largest magnitude that μ-law can hold: 8158 at 14 bits. */
const muLawLimit = 8158 << 2;
/** A-law swaps every other bit on the line. */
const alternateBits = 0x55;

export function encodeMuLaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, (sample) => {
    const magnitude = Math.min(Math.abs(sample), muLawLimit) + muLawBias;
    const segment = topBit(magnitude) - 7;
    const step = (magnitude >> (segment + 3)) & 0x0f;
    const sign = sample < 0 ? 0x80 : 0;
    return ~(sign | (segment << 4) | step) & 0xff;
  });
}

export function decodeMuLaw(bytes: Uint8Array): Int16Array {
  return Int16Array.from(bytes, (byte) => {
    const code = ~byte & 0xff;
    const segment = (code >> 4) & 0x07;
    const magnitude = ((((code & 0x0f) << 3) + muLawBias) << segment) - muLawBias;
    return code & 0x80 ? -magnitude : magnitude;
  });
}

export function encodeALaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, (sample) => {
    // The value -1 lies in the first step below zero, not in that of +1.
    const magnitude = sample < 0 ? -sample - 1 : sample;
    const segment = Math.max(0, topBit(magnitude) - 7);
    const step = (magnitude >> (segment === 0 ? 4 : segment + 3)) & 0x0f;
    const sign = sample < 0 ? 0 : 0x80;
    return (sign | (segment << 4) | step) ^ alternateBits;
  });
}

export function decodeALaw(bytes: Uint8Array): Int16Array {
  return Int16Array.from(bytes, (byte) => {
    const code = byte ^ alternateBits;
    const segment = (code >> 4) & 0x07;
    const step = (code & 0x0f) << 4;
    const magnitude = segment === 0 ? step + 8 : (step + 0x108) << (segment - 1);
    return code & 0x80 ? magnitude : -magnitude;
  });
}

function topBit(value: number): number {
  return 31 - Math.clz32(value);
}

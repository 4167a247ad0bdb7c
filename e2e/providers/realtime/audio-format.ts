import { RateConverter } from '../mind/rate.ts';
import { soundPasses } from '../wire-sound.ts';
import { decodeALaw, decodeMuLaw, encodeALaw, encodeMuLaw } from './g711.ts';
import { WireError } from './wire-error.ts';

export interface AudioFormat {
  readonly encoding: 'pcm16' | 'mulaw' | 'alaw';
  readonly rateHz: number;
}

/** What the mind takes. */
const hearingRateHz = 16_000;

/** The client's audio, as it comes over the wire, turned into mono PCM at 16 kHz. */
export class AudioReader {
  readonly #format: AudioFormat;
  readonly #converter: RateConverter | undefined;

  constructor(format: AudioFormat) {
    this.#format = format;
    this.#converter =
      format.rateHz === hearingRateHz
        ? undefined
        : new RateConverter({ fromHz: format.rateHz, toHz: hearingRateHz });
  }

  /** Throws a `WireError` if this is no base64, or not whole samples. */
  push(base64: string): { readonly pcm: Int16Array; readonly durationMs: number } {
    const samples = decode(bytesOf(base64), this.#format);
    soundPasses({ direction: 'received', pcm: samples });
    return {
      pcm: this.#converter ? this.#converter.push(samples) : samples,
      durationMs: (samples.length / this.#format.rateHz) * 1000,
    };
  }

  close(): void {
    this.#converter?.close();
  }
}

/** Mono samples of the format's rate, as they go over the wire. */
export function encodeAudio(pcm: Int16Array, { encoding }: AudioFormat): string {
  const bytes =
    encoding === 'pcm16'
      ? new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength)
      : (encoding === 'mulaw' ? encodeMuLaw : encodeALaw)(pcm);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function decode(bytes: Buffer, { encoding }: AudioFormat): Int16Array {
  if (encoding === 'mulaw') return decodeMuLaw(bytes);
  if (encoding === 'alaw') return decodeALaw(bytes);
  if (bytes.length % 2 !== 0) {
    throw new WireError('invalid_value', 'The audio does not consist of whole 16-bit samples.', {
      param: 'audio',
    });
  }
  return Int16Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(index * 2));
}

function bytesOf(base64: string): Buffer {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    throw new WireError(
      'invalid_value',
      "Invalid 'audio'. Expected base64-encoded audio bytes but the bytes could not be decoded.",
      { param: 'audio' },
    );
  }
  return Buffer.from(base64, 'base64');
}

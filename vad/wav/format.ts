import { WavProblem } from './problem.ts';

export type Encoding = 'integer' | 'float' | 'a-law' | 'mu-law';

/** How the samples of a WAV file lie. */
export interface WavFormat {
  readonly encoding: Encoding;
  readonly rateHz: number;
  readonly channels: number;
  /** Of one sample of one channel. */
  readonly bytesPerSample: number;
}

/** The first four letters of a file: RIFF, its two forms for long files, and Wave64. */
export function beginsWav(letters: string): boolean {
  return ['RIFF', 'RF64', 'BW64', 'riff'].includes(letters);
}

/** What is read of a fmt chunk; the rest is skipped. */
export const formatBytes = 40;
const shortestFormat = 16;

export const lowestRateHz = 1000;
export const highestRateHz = 384_000;
const mostChannels = 256;

/** Format tags of mmreg.h. In the extensible form the tag proper begins the sub-format's GUID. */
const tags = { integer: 1, float: 3, aLaw: 6, muLaw: 7, extensible: 0xfffe } as const;

/** Reads a fmt chunk (https://learn.microsoft.com/windows/win32/api/mmreg/ns-mmreg-waveformatextensible). Throws a `WavProblem`. */
export function readFormat(bytes: Uint8Array): WavFormat {
  if (bytes.length < shortestFormat) {
    throw new WavProblem(
      'bad_header',
      `Its description of the sound has ${bytes.length} bytes only.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const plainTag = view.getUint16(0, true);
  const extended = plainTag === tags.extensible && bytes.length >= 26;
  const channels = view.getUint16(2, true);
  const rateHz = view.getUint32(4, true);
  if (channels < 1 || channels > mostChannels) {
    throw new WavProblem(
      'bad_header',
      `It names ${channels} channels; there can be 1 to ${mostChannels}.`,
    );
  }
  if (rateHz < lowestRateHz || rateHz > highestRateHz) {
    throw new WavProblem(
      'bad_header',
      `It names a sample rate of ${rateHz} Hz; there can be ${lowestRateHz} to ${highestRateHz} Hz.`,
    );
  }
  const encoding = encodingOf(extended ? view.getUint16(24, true) : plainTag);
  const bits = view.getUint16(14, true);
  return {
    encoding,
    rateHz,
    channels,
    bytesPerSample: sampleSize(encoding, bits, view.getUint16(12, true), channels),
  };
}

function encodingOf(tag: number): Encoding {
  switch (tag) {
    case tags.integer:
      return 'integer';
    case tags.float:
      return 'float';
    case tags.aLaw:
      return 'a-law';
    case tags.muLaw:
      return 'mu-law';
    default:
      throw new WavProblem(
        'other_encoding',
        `Its sound is packed in a way that is not read here (format ${tag}).`,
      );
  }
}

const possibleBytes: Readonly<Record<Encoding, readonly number[]>> = {
  integer: [1, 2, 3, 4],
  float: [4, 8],
  'a-law': [1],
  'mu-law': [1],
};

/** A sample may lie in more bytes than it has bits; then the size of a block tells. Some programs leave that at zero. */
function sampleSize(
  encoding: Encoding,
  bits: number,
  blockBytes: number,
  channels: number,
): number {
  const needed = Math.ceil(bits / 8);
  const size = blockBytes === 0 ? needed : blockBytes / channels;
  if (bits > 0 && size >= needed && possibleBytes[encoding].includes(size)) return size;
  throw new WavProblem(
    'bad_header',
    `It names ${bits} bits a sample in blocks of ${blockBytes} bytes for ${channels} channels, which cannot be.`,
  );
}

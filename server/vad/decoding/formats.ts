/** A format that ffmpeg reads for us. */
export interface PackedFormat {
  /** How people call it. */
  readonly name: string;
  /** ffmpeg's name of what takes the container apart. */
  readonly demuxer: string;
  /** Where which bytes stand (Latin-1); one of these is enough. Empty where it takes more to tell. */
  readonly signatures: readonly { readonly at: number; readonly text: string }[];
  /** A table of contents or a tag may lie at the end, so the whole file has to be there. */
  readonly needsWhole?: boolean;
}

const begins = (...texts: readonly string[]) => texts.map((text) => ({ at: 0, text }));
const goesOn = (at: number, ...texts: readonly string[]) => texts.map((text) => ({ at, text }));

/** Those with a signature that samples hardly have by chance; what has none would have to be guessed. */
export const packedFormats = {
  ogg: { name: 'OGG', demuxer: 'ogg', signatures: begins('OggS') },
  flac: { name: 'FLAC', demuxer: 'flac', signatures: begins('fLaC') },
  mp4: {
    name: 'M4A',
    demuxer: 'mov',
    signatures: goesOn(4, 'ftyp', 'moov', 'mdat', 'wide'),
    needsWhole: true,
  },
  webm: { name: 'WebM', demuxer: 'matroska', signatures: begins('\x1a\x45\xdf\xa3') },
  aiff: { name: 'AIFF', demuxer: 'aiff', signatures: begins('FORM') },
  caf: { name: 'CAF', demuxer: 'caf', signatures: begins('caff') },
  au: { name: 'AU', demuxer: 'au', signatures: begins('.snd') },
  amr: { name: 'AMR', demuxer: 'amr', signatures: begins('#!AMR') },
  wma: { name: 'WMA', demuxer: 'asf', signatures: begins('\x30\x26\xb2\x75\x8e\x66\xcf\x11') },
  wavpack: { name: 'WavPack', demuxer: 'wv', signatures: begins('wvpk'), needsWhole: true },
  ape: { name: "Monkey's Audio", demuxer: 'ape', signatures: begins('MAC ') },
  tta: { name: 'TTA', demuxer: 'tta', signatures: begins('TTA1') },
  avi: { name: 'AVI', demuxer: 'avi', signatures: goesOn(8, 'AVI ') },
  flv: { name: 'FLV', demuxer: 'flv', signatures: begins('FLV\x01') },
  /** WAV that holds what is packed further: ADPCM, GSM, MP3. */
  packedWav: { name: 'packed WAV', demuxer: 'wav', signatures: [] },
  mp3: { name: 'MP3', demuxer: 'mp3', signatures: [] },
  aac: { name: 'AAC', demuxer: 'aac', signatures: [] },
} as const satisfies Readonly<Record<string, PackedFormat>>;

export type PackedKind = keyof typeof packedFormats;

/** For the words of a refusal: what is taken. */
export const readableNames =
  'WAV, MP3, OGG, Opus, FLAC, M4A, AAC, WebM, WMA, AMR, AIFF, CAF and others that ffmpeg knows';

export function formatOf(kind: PackedKind): PackedFormat {
  return packedFormats[kind];
}

/** The format whose signature these bytes bear. */
export function signedKind(head: Uint8Array): PackedKind | undefined {
  const bears = (kind: PackedKind): boolean =>
    formatOf(kind).signatures.some(
      ({ at, text }) => latin(head.subarray(at, at + text.length)) === text,
    );
  return (Object.keys(packedFormats) as PackedKind[]).find(bears);
}

export function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

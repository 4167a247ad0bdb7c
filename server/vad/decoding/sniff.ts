import { beginsWav } from '../../../vad/wav/format.ts';
import { latin, signedKind, type PackedKind } from './formats.ts';

/** What a recording is by its first bytes; `unknown` may be samples and nothing else. */
export type RecordingKind = 'wav' | 'text' | 'unknown' | PackedKind;

/** So many bytes are enough to tell: two of the longest MPEG frames. */
export const sniffedBytes = 4096;

/** Goes by the signatures that the formats begin with. */
export function kindOf(head: Uint8Array): RecordingKind {
  const signed = signedKind(head);
  // AVI is RIFF as well.
  if (signed !== 'avi' && beginsWav(latin(head.subarray(0, 4)))) {
    return packedTags.has(wavTag(head)) ? 'packedWav' : 'wav';
  }
  if (signed !== undefined) return signed;
  const tagBytes = id3Bytes(head);
  if (tagBytes > 0) return mpegKind(head.subarray(tagBytes)) ?? 'mp3';
  return mpegKind(head) ?? (isText(head) ? 'text' : 'unknown');
}

/** Format tags of mmreg.h that people meet: ADPCM of Microsoft and IMA, GSM 6.10, MPEG and MP3. */
const packedTags: ReadonlySet<number | undefined> = new Set([2, 0x11, 0x31, 0x50, 0x55]);

/** How a RIFF file says that its sound is packed; undefined where it does not say so soon. */
function wavTag(head: Uint8Array): number | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  let at = 12;
  while (at + 10 <= head.length) {
    if (latin(head.subarray(at, at + 4)) === 'fmt ') return view.getUint16(at + 8, true);
    const size = view.getUint32(at + 4, true);
    at += 8 + size + (size % 2);
  }
  return undefined;
}

/** Length of the ID3v2 tag that begins here, or 0. Its size has seven bits a byte. */
function id3Bytes(head: Uint8Array): number {
  if (latin(head.subarray(0, 3)) !== 'ID3') return 0;
  const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6, 10);
  return 10 + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127);
}

/** Of MPEG 1, and of MPEG 2 and 2.5, layer III, in kbit/s. */
const bitrates = {
  one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const ratesHz = [44_100, 48_000, 32_000] as const;

/**
 * An MPEG frame begins with eleven ones. Samples may do so as well, so a second frame has to follow where the first says
 * that it ends (ISO 11172-3 and 13818-7).
 */
function mpegKind(head: Uint8Array): 'mp3' | 'aac' | undefined {
  const adts = adtsBytes(head);
  if (adts > 0 && adtsBytes(head.subarray(adts)) > 0) return 'aac';
  const frame = layer3Bytes(head);
  return frame > 0 && layer3Bytes(head.subarray(frame)) > 0 ? 'mp3' : undefined;
}

/** Length of the AAC frame that begins here, or 0. */
function adtsBytes(bytes: Uint8Array): number {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0] = bytes;
  if (first !== 0xff || (second & 0xf6) !== 0xf0 || ((third >> 2) & 15) > 12) return 0;
  return ((fourth & 3) << 11) | (fifth << 3) | (sixth >> 5);
}

/** Length of the MP3 frame that begins here, or 0. */
function layer3Bytes(bytes: Uint8Array): number {
  const [first = 0, second = 0, third = 0] = bytes;
  const version = (second >> 3) & 3;
  const layer = (second >> 1) & 3;
  if (first !== 0xff || (second & 0xe0) !== 0xe0 || layer !== 1 || version === 1) return 0;
  const isFirst = version === 3;
  const kilobits = (isFirst ? bitrates.one : bitrates.two)[third >> 4] ?? 0;
  const rateHz = (ratesHz[(third >> 2) & 3] ?? 0) / (isFirst ? 1 : version === 2 ? 2 : 4);
  if (kilobits === 0 || rateHz === 0) return 0;
  return Math.floor(((isFirst ? 144_000 : 72_000) * kilobits) / rateHz) + ((third >> 1) & 1);
}

function isText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  return head.every(
    (byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127),
  );
}

import { beginsWav } from '../../../vad/wav/format.ts';

/** What a recording is by its first bytes; `unknown` may be samples and nothing else. */
export type RecordingKind =
  'wav' | 'mp3' | 'ogg' | 'flac' | 'mp4' | 'aac' | 'webm' | 'aiff' | 'caf' | 'text' | 'unknown';

/** So many bytes are enough to tell: two of the longest MPEG frames. */
export const sniffedBytes = 4096;

/** Goes by the signatures that the formats begin with. */
export function kindOf(head: Uint8Array): RecordingKind {
  const four = latin(head, 0, 4);
  if (beginsWav(four)) return 'wav';
  if (four === 'OggS') return 'ogg';
  if (four === 'fLaC') return 'flac';
  if (four === 'FORM') return 'aiff';
  if (four === 'caff') return 'caf';
  if (latin(head, 4, 4) === 'ftyp') return 'mp4';
  if (head[0] === 0x1a && head[1] === 0x45 && head[2] === 0xdf && head[3] === 0xa3) return 'webm';
  if (four.startsWith('ID3')) return 'mp3';
  return mpegKind(head) ?? (isText(head) ? 'text' : 'unknown');
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

function latin(bytes: Uint8Array, from: number, count: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + count));
}

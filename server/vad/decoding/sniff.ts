/** What a recording is by its first bytes; `unknown` may be samples and nothing else. */
export type RecordingKind =
  'wav' | 'mp3' | 'ogg' | 'flac' | 'mp4' | 'aac' | 'webm' | 'aiff' | 'caf' | 'text' | 'unknown';

/** So many bytes are enough to tell. */
export const sniffedBytes = 512;

/** Goes by the signatures that the formats begin with. */
export function kindOf(head: Uint8Array): RecordingKind {
  const four = latin(head, 0, 4);
  if (['RIFF', 'RF64', 'BW64', 'riff'].includes(four)) return 'wav';
  if (four === 'OggS') return 'ogg';
  if (four === 'fLaC') return 'flac';
  if (four === 'FORM') return 'aiff';
  if (four === 'caff') return 'caf';
  if (latin(head, 4, 4) === 'ftyp') return 'mp4';
  if (head[0] === 0x1a && head[1] === 0x45 && head[2] === 0xdf && head[3] === 0xa3) return 'webm';
  if (four.startsWith('ID3')) return 'mp3';
  return mpegKind(head) ?? (isText(head) ? 'text' : 'unknown');
}

/**
 * An MPEG frame begins with eleven ones. Samples may do so as well, so the fields after them have to make sense, and those
 * of MP3 have to be followed by a second frame.
 */
function mpegKind(head: Uint8Array): 'mp3' | 'aac' | undefined {
  if (head.length < 7 || head[0] !== 0xff) return undefined;
  const second = head[1] ?? 0;
  const third = head[2] ?? 0;
  if ((second & 0xf6) === 0xf0) return ((third >> 2) & 15) < 13 ? 'aac' : undefined;
  const layer = (second >> 1) & 3;
  const version = (second >> 3) & 3;
  const bitrate = third >> 4;
  const rate = (third >> 2) & 3;
  const plausible =
    (second & 0xe0) === 0xe0 &&
    layer === 1 &&
    version !== 1 &&
    bitrate > 0 &&
    bitrate < 15 &&
    rate < 3;
  return plausible ? 'mp3' : undefined;
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

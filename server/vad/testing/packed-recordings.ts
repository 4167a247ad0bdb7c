import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findOnPath } from '../../launcher/on-path.ts';

/** Of the machine; the one that comes with the packages can pack hardly anything. */
export const systemFfmpeg = findOnPath(['ffmpeg']);

/** Formats by the end of a file's name, and how ffmpeg packs sound in them. */
export const packings = {
  m4a: ['-c:a', 'aac', '-f', 'ipod'],
  'streamed.m4a': ['-c:a', 'aac', '-movflags', '+faststart', '-f', 'ipod'],
  'alac.m4a': ['-c:a', 'alac', '-f', 'ipod'],
  mov: ['-c:a', 'aac', '-f', 'mov'],
  '3gp': ['-c:a', 'aac', '-f', '3gp'],
  aac: ['-c:a', 'aac', '-f', 'adts'],
  'tagged.aac': ['-c:a', 'aac', '-write_id3v2', '1', '-f', 'adts'],
  mp3: ['-c:a', 'libmp3lame', '-f', 'mp3'],
  ogg: ['-c:a', 'libvorbis', '-f', 'ogg'],
  opus: ['-c:a', 'libopus', '-f', 'opus'],
  webm: ['-c:a', 'libopus', '-f', 'webm'],
  mka: ['-c:a', 'ac3', '-f', 'matroska'],
  flac: ['-c:a', 'flac', '-f', 'flac'],
  wma: ['-c:a', 'wmav2', '-f', 'asf'],
  aiff: ['-c:a', 'pcm_s16be', '-f', 'aiff'],
  caf: ['-c:a', 'pcm_s16le', '-f', 'caf'],
  au: ['-c:a', 'pcm_mulaw', '-f', 'au'],
  wv: ['-c:a', 'wavpack', '-f', 'wv'],
  tta: ['-c:a', 'tta', '-f', 'tta'],
  avi: ['-c:a', 'libmp3lame', '-f', 'avi'],
  flv: ['-c:a', 'aac', '-ar', '44100', '-f', 'flv'],
  'adpcm.wav': ['-c:a', 'adpcm_ms', '-f', 'wav'],
  'gsm.wav': ['-c:a', 'libgsm_ms', '-ar', '8000', '-f', 'wav'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Packing = keyof typeof packings;

/** The bytes of a WAV file as those of another format. */
export async function packed(wav: Uint8Array, packing: Packing): Promise<Uint8Array<ArrayBuffer>> {
  if (systemFfmpeg === undefined) throw new Error('There is no ffmpeg on PATH.');
  const folder = await mkdtemp(join(tmpdir(), 'parley-packed-'));
  try {
    const [plain, other] = [join(folder, 'plain.wav'), join(folder, 'other')];
    await writeFile(plain, wav);
    await promisify(execFile)(systemFfmpeg, ['-i', plain, ...packings[packing], other]);
    return new Uint8Array(await readFile(other));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** An AMR file of so many frames of 20 ms at 12.2 kbit/s with all bits zero, which is a hum: hardly any program packs it. */
export function hummingAmr(frames: number): Uint8Array<ArrayBuffer> {
  const hum = Array.from({ length: frames }, () => [0x3c, ...new Array<number>(31).fill(0)]);
  return Uint8Array.from([...Buffer.from('#!AMR\n'), ...hum.flat()]);
}

import { randomRow, type MalformedFile } from '../../../vad/testing/malformed.ts';
import { packed, type Packing } from './packed-recordings.ts';

/** Those that people send most; each has a way of its own to be broken. */
const broken: readonly Packing[] = ['m4a', 'aac', 'mp3', 'ogg', 'opus', 'webm', 'flac', 'wma'];

/** Compressed recordings, made from a WAV file, that are cut off or changed in places; the same each time. */
export async function damagedRecordings(
  wav: Uint8Array,
  perFormat: number,
): Promise<MalformedFile[]> {
  const all = await Promise.all(
    broken.map(async (packing, i) => {
      const whole = await packed(wav, packing);
      const random = randomRow(7 + i);
      return Array.from({ length: perFormat }, (_, n) => damaged(packing, whole, n, random));
    }),
  );
  return all.flat();
}

function damaged(
  packing: Packing,
  whole: Uint8Array<ArrayBuffer>,
  n: number,
  random: () => number,
): MalformedFile {
  const at = (below: number) => Math.floor(random() * below);
  switch (n % 4) {
    case 0: {
      const length = 1 + at(whole.length);
      return { what: `${packing} cut off after ${length} bytes`, bytes: whole.slice(0, length) };
    }
    case 1: {
      const bytes = whole.slice();
      for (let i = 0; i < 200; i += 1) bytes[at(bytes.length)] = at(256);
      return { what: `${packing} with 200 other bytes (${n})`, bytes };
    }
    case 2: {
      const bytes = whole.slice();
      for (let i = 0; i < 8; i += 1) bytes[4 + at(200)] = i % 2 === 0 ? 0xff : 0;
      return { what: `${packing} with a header of nonsense (${n})`, bytes };
    }
    default: {
      const from = at(whole.length);
      const bytes = whole.slice();
      bytes.copyWithin(from, at(whole.length));
      return { what: `${packing} with a part twice, from ${from}`, bytes };
    }
  }
}

/** A FLAC file whose header promises 2^36 - 1 samples: a hundred days at 8 kHz. */
export async function boastfulFlac(wav: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await packed(wav, 'flac');
  // The low half of byte 21, and four bytes after it (RFC 9639, 8.2).
  bytes[21] = (bytes[21] ?? 0) | 0x0f;
  bytes.fill(0xff, 22, 26);
  return bytes;
}

import { expect, it } from 'vitest';
import { kindOf } from './sniff.ts';

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? Array.from(part, (letter) => letter.charCodeAt(0)) : part,
    ),
  );
const zeros = (count: number) => new Array<number>(count).fill(0);
/** MPEG 1, layer III, 128 kbit/s, 44.1 kHz: 417 bytes. */
const mp3Frame = [0xff, 0xfb, 0x90, 0, ...zeros(413)];
/** AAC LC, 44.1 kHz, 100 bytes. */
const aacFrame = [0xff, 0xf1, 0x50, 0x80, 12, 0x9f, 0xfc, ...zeros(93)];

it.each([
  ['wav', bytes('RIFF')],
  ['wav', bytes('RF64')],
  ['ogg', bytes('OggS')],
  ['flac', bytes('fLaC')],
  ['mp4', bytes([0, 0, 0, 32], 'ftypM4A ')],
  ['webm', bytes([0x1a, 0x45, 0xdf, 0xa3])],
  ['mp3', bytes('ID3', [4, 0])],
  ['mp3', bytes(mp3Frame, mp3Frame)],
  ['aac', bytes(aacFrame, aacFrame)],
  ['aac', bytes('ID3', [4, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5], aacFrame, aacFrame)],
  ['mp4', bytes([0, 0, 0, 8], 'wide', [0, 0, 1, 0], 'mdat')],
  ['wma', bytes([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11])],
  ['amr', bytes('#!AMR\n')],
  ['avi', bytes('RIFF', [0, 0, 0, 0], 'AVI LIST')],
  ['wav', bytes('RIFF', [0, 0, 0, 0], 'WAVEfmt ', [16, 0, 0, 0, 1, 0])],
  ['packedWav', bytes('RIFF', [0, 0, 0, 0], 'WAVEfmt ', [20, 0, 0, 0, 0x11, 0])],
  [
    'packedWav',
    bytes('RIFF', [0, 0, 0, 0], 'WAVELIST', [1, 0, 0, 0, 9, 0], 'fmt ', [20, 0, 0, 0, 2, 0]),
  ],
  ['text', bytes('Dear friend,\nthis is a letter.')],
  ['unknown', bytes([0, 0, 1, 0, 2, 0])],
] as const)('knows %s by how it begins', (kind, head) => {
  expect(kindOf(head)).toBe(kind);
});

it('does not take samples for an MPEG frame', () => {
  expect(kindOf(bytes(mp3Frame, zeros(1000)))).toBe('unknown');
  expect(kindOf(bytes(aacFrame, zeros(1000)))).toBe('unknown');
});

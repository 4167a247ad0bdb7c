import { describe, expect, it } from 'vitest';
import { wavOf, type WavRecipe } from '../testing/wav.ts';
import { WavReader } from './reader.ts';

const tone = Float32Array.from({ length: 2000 }, (_, i) => 0.5 * Math.sin(i / 9));

function read(bytes: Uint8Array, pieceBytes = bytes.length) {
  const reader = new WavReader();
  const samples: number[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    samples.push(...reader.feed(bytes.subarray(at, at + pieceBytes)));
  }
  const note = reader.finish();
  return { samples, note, format: reader.format };
}

const furthest = (samples: readonly number[]): number =>
  Math.max(...samples.map((sample, i) => Math.abs(sample - (tone[i] ?? Number.NaN))));

describe('a WAV file', () => {
  it.each<[string, WavRecipe, number]>([
    ['of 8 bits', { rateHz: 8000, encoding: 'pcm8' }, 0.01],
    ['of 16 bits', { rateHz: 16_000 }, 1e-4],
    ['of 24 bits', { rateHz: 44_100, encoding: 'pcm24' }, 1e-6],
    ['of 32 bits', { rateHz: 48_000, encoding: 'pcm32' }, 1e-6],
    ['of 32-bit floats', { rateHz: 96_000, encoding: 'float32' }, 0],
    ['of 64-bit floats', { rateHz: 11_025, encoding: 'float64' }, 0],
    ['of two channels', { rateHz: 44_100, channels: 2 }, 1e-4],
    ['of seven channels', { rateHz: 44_100, channels: 7, encoding: 'pcm24' }, 1e-6],
    [
      'that is extensible',
      { rateHz: 48_000, channels: 6, encoding: 'float32', container: 'extensible' },
      1e-6,
    ],
    ['with a chunk before its sound', { rateHz: 16_000, extraBytes: 4321 }, 1e-4],
    ['with 64-bit sizes', { rateHz: 16_000, container: 'rf64' }, 1e-4],
    ['in Wave64', { rateHz: 16_000, container: 'w64', channels: 2, extraBytes: 13 }, 1e-4],
    ['whose size was never filled in', { rateHz: 16_000, declaredBytes: 0xffff_ffff }, 1e-4],
  ])('%s is read, in one piece and byte by byte', (_case, recipe, tolerance) => {
    const bytes = wavOf(tone, recipe);
    const { samples, note, format } = read(bytes);
    expect(samples).toHaveLength(tone.length);
    expect(furthest(samples)).toBeLessThanOrEqual(tolerance + 1e-9);
    expect(format).toMatchObject({ rateHz: recipe.rateHz, channels: recipe.channels ?? 1 });
    expect(note).toBeUndefined();
    for (const pieceBytes of [1, 7, 1000]) expect(read(bytes, pieceBytes).samples).toEqual(samples);
  });

  it('is the mean of its channels', () => {
    const bytes = wavOf(tone, { rateHz: 16_000, channels: 2, encoding: 'float32' });
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < tone.length; i += 1) view.setFloat32(bytes.length - 8 * i - 4, 0, true);
    expect(furthest(read(bytes).samples.map((sample) => 2 * sample))).toBeLessThan(1e-6);
  });

  it('packed by G.711 is read: full level, silence and sign', () => {
    const packed = (tag: number, codes: readonly number[]) => {
      const bytes = wavOf(new Float32Array(codes.length), { rateHz: 8000, encoding: 'pcm8' });
      bytes[20] = tag;
      bytes.set(codes, 44);
      return read(bytes).samples;
    };
    expect(packed(7, [0x80, 0x00, 0xff])).toEqual([32_124 / 32_768, -32_124 / 32_768, 0]);
    expect(packed(6, [0xaa, 0x2a, 0xd5])).toEqual([32_256 / 32_768, -32_256 / 32_768, 8 / 32_768]);
  });

  it('that was cut short is read as far as it goes, and says so', () => {
    const bytes = wavOf(tone, { rateHz: 1000 });
    const { samples, note } = read(bytes.subarray(0, bytes.length - 2000));
    expect(samples).toHaveLength(1000);
    expect(note).toBe('The file says that it is 2.0 s long, but ends after 1.0 s.');
  });

  it('leaves out what follows its sound', () => {
    const bytes = wavOf(tone, { rateHz: 16_000 });
    expect(
      read(Uint8Array.from([...bytes, ...new TextEncoder().encode('LIST and more')])).samples,
    ).toHaveLength(tone.length);
  });
});

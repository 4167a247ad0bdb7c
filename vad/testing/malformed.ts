import { wavOf } from './wav.ts';

export interface MalformedFile {
  readonly what: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A fixed row of numbers in [0, 1) (Park and Miller's generator). */
export function randomRow(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const tone = Float32Array.from({ length: 400 }, (_, i) => 0.3 * Math.sin(i / 5));

/** Where the fields of a plain WAV file lie, in bytes. */
const field = {
  formatSize: 16,
  tag: 20,
  channels: 22,
  rate: 24,
  block: 32,
  bits: 34,
  sound: 44,
} as const;

/** More than three hundred files that end in .wav and are none, or hold no sound; the same each time. None can be read. */
export function malformedFiles(): MalformedFile[] {
  const random = randomRow(20_261);
  const whole = wavOf(tone, { rateHz: 16_000 });
  const changed = (what: string, change: (view: DataView) => void, from = whole): MalformedFile => {
    const bytes = from.slice();
    change(new DataView(bytes.buffer));
    return { what, bytes };
  };
  const floats = (bytes: 4 | 8) =>
    wavOf(tone, { rateHz: 16_000, encoding: bytes === 4 ? 'float32' : 'float64' });

  const cut = Array.from({ length: field.sound }, (_, length) => ({
    what: `cut off after ${length} bytes`,
    bytes: whole.slice(0, length),
  }));
  const rates = [0, 1, 999, 384_001, 2 ** 31, 2 ** 32 - 1].map((rate) =>
    changed(`a rate of ${rate} Hz`, (view) => view.setUint32(field.rate, rate, true)),
  );
  const channels = [0, 257, 65_535].map((count) =>
    changed(`${count} channels`, (view) => view.setUint16(field.channels, count, true)),
  );
  const bits = Array.from({ length: 40 }, (_, i) => 33 + i * 37).map((count) =>
    changed(`${count} bits`, (view) => view.setUint16(field.bits, count, true)),
  );
  const noBits = changed('no bits', (view) => view.setUint16(field.bits, 0, true));
  const blocks = Array.from({ length: 30 }, (_, i) => 5 + i * 11).map((size) =>
    changed(`blocks of ${size} bytes`, (view) => view.setUint16(field.block, size, true)),
  );
  const tags = Array.from({ length: 40 }, (_, i) => 8 + i * 31).map((tag) =>
    changed(`the format ${tag}`, (view) => view.setUint16(field.tag, tag, true)),
  );
  const formatSizes = [0, 1, 8, 15, 2 ** 31, 2 ** 32 - 1].map((size) =>
    changed(`a format of ${size} bytes`, (view) => view.setUint32(field.formatSize, size, true)),
  );
  const wrongFloats = Array.from({ length: 40 }, (_, i) => {
    const value = [Number.NaN, Infinity, -Infinity, 1e30][i % 4] ?? 0;
    const wide = i % 2 === 0;
    const at = Math.floor(random() * tone.length);
    return changed(
      `${value} as sample ${at}`,
      (view) => {
        if (wide) view.setFloat64(field.sound + 8 * at, value, true);
        else view.setFloat32(field.sound + 4 * at, value, true);
      },
      floats(wide ? 8 : 4),
    );
  });
  const hugeHeaders = Array.from({ length: 20 }, (_, i) => {
    const bytes = whole.slice();
    bytes.set(
      Array.from('LIST', (letter) => letter.charCodeAt(0)),
      36,
    );
    new DataView(bytes.buffer).setUint32(40, 2 ** 31 + i * 99_991_111, true);
    return { what: `a chunk of gigabytes that is not there (${i})`, bytes };
  });
  const noise = Array.from({ length: 60 }, (_, i) => ({
    what: `noise (${i})`,
    bytes: Uint8Array.from({ length: Math.floor(random() * 5000) }, (_, at) =>
      // The first byte of none of the formats.
      at === 0 ? 0x11 : Math.floor(random() * 256),
    ),
  }));
  const texts = Array.from({ length: 30 }, (_, i) => ({
    what: `text (${i})`,
    bytes: new TextEncoder().encode('This is a note and not a recording. '.repeat(i + 1)),
  }));
  const others = ['PK\u0003\u0004', '\u001f\u008b', '%PDF-1.7', '\u007fELF', 'RIFX', 'GIF89a'].map(
    (begins) => ({
      what: `another kind of file (${begins})`,
      bytes: Uint8Array.from(
        Array.from(begins.padEnd(300, '\u0000'), (letter) => letter.charCodeAt(0)),
      ),
    }),
  );
  const silentKinds = [
    { what: 'no sound', bytes: wavOf(new Float32Array(), { rateHz: 16_000 }) },
    { what: 'a WAVE with nothing in it', bytes: whole.slice(0, 12) },
    { what: 'an AVI', bytes: changed('', (view) => view.setUint32(8, 0x41564920)).bytes },
  ];
  return [
    ...cut,
    ...rates,
    ...channels,
    ...bits,
    noBits,
    ...blocks,
    ...tags,
    ...formatSizes,
    ...wrongFloats,
    ...hugeHeaders,
    ...noise,
    ...texts,
    ...others,
    ...silentKinds,
  ];
}

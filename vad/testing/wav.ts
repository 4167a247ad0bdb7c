/** How `wavOf` packs samples; the default is what most files are: 16 bits, one channel. */
export interface WavRecipe {
  readonly rateHz: number;
  readonly encoding?: 'pcm8' | 'pcm16' | 'pcm24' | 'pcm32' | 'float32' | 'float64';
  /** Each carries the same sound. */
  readonly channels?: number;
  readonly container?: 'riff' | 'extensible' | 'rf64' | 'w64';
  /** Goes before the sound, as a chunk that nobody knows. */
  readonly extraBytes?: number;
  /** What the data chunk says of its size, instead of the truth. */
  readonly declaredBytes?: number;
}

const packings = {
  pcm8: { tag: 1, bytes: 1, put: (view, at, x) => view.setUint8(at, Math.round(x * 127) + 128) },
  pcm16: {
    tag: 1,
    bytes: 2,
    put: (view, at, x) => view.setInt16(at, Math.round(x * 32_767), true),
  },
  pcm24: {
    tag: 1,
    bytes: 3,
    put: (view, at, x) => {
      const value = Math.round(x * 8_388_607);
      view.setUint8(at, value & 255);
      view.setInt16(at + 1, value >> 8, true);
    },
  },
  pcm32: {
    tag: 1,
    bytes: 4,
    put: (view, at, x) => view.setInt32(at, Math.round(x * 2_147_483_647), true),
  },
  float32: { tag: 3, bytes: 4, put: (view, at, x) => view.setFloat32(at, x, true) },
  float64: { tag: 3, bytes: 8, put: (view, at, x) => view.setFloat64(at, x, true) },
} satisfies Record<
  string,
  { tag: number; bytes: number; put: (view: DataView, at: number, x: number) => void }
>;

/** The end of every GUID that extends a format tag. */
const guidTail = [0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113];
/** The ends of Wave64's GUIDs: of the file, and of everything in it. */
const outerTail = [46, 145, 207, 17, 165, 214, 40, 219, 4, 193, 0, 0];
const innerTail = [243, 172, 211, 17, 140, 209, 0, 192, 79, 142, 219, 138];

/** Samples in [-1, 1] as the bytes of a WAV file. */
export function wavOf(samples: Float32Array, recipe: WavRecipe): Uint8Array<ArrayBuffer> {
  const { rateHz, encoding = 'pcm16', channels = 1, container = 'riff' } = recipe;
  const { tag, bytes, put } = packings[encoding];
  const data = new Uint8Array(samples.length * channels * bytes);
  const view = new DataView(data.buffer);
  samples.forEach((sample, i) => {
    for (let channel = 0; channel < channels; channel += 1) {
      put(view, (i * channels + channel) * bytes, sample);
    }
  });
  const extensible = container === 'extensible';
  const format = [
    ...short(extensible ? 0xfffe : tag),
    ...short(channels),
    ...long(rateHz),
    ...long(rateHz * channels * bytes),
    ...short(channels * bytes),
    ...short(8 * bytes),
    ...(extensible
      ? [...short(22), ...short(8 * bytes), ...long(0), ...short(tag), ...guidTail]
      : []),
  ];
  const extra = new Array<number>(recipe.extraBytes ?? 0).fill(7);
  if (container === 'w64')
    return wave64([
      ['fmt ', format],
      ['LIST', extra],
      ['data', [...data]],
    ]);
  const rf64 = container === 'rf64';
  const declared = recipe.declaredBytes ?? (rf64 ? 0xffff_ffff : data.length);
  const head = [
    ...(rf64
      ? chunk('ds64', [...longer(0), ...longer(data.length), ...longer(0), ...long(0)])
      : []),
    ...chunk('fmt ', format),
    ...(extra.length > 0 ? chunk('LIST', extra) : []),
    ...ascii('data'),
    ...long(declared),
  ];
  const file = new Uint8Array(12 + head.length + data.length);
  const size = rf64 ? 0xffff_ffff : 4 + head.length + data.length;
  file.set([...ascii(rf64 ? 'RF64' : 'RIFF'), ...long(size), ...ascii('WAVE'), ...head]);
  file.set(data, 12 + head.length);
  return file;
}

function wave64(
  chunks: readonly (readonly [string, readonly number[]])[],
): Uint8Array<ArrayBuffer> {
  const body = chunks.flatMap(([id, bytes]) => [
    ...ascii(id),
    ...innerTail,
    ...longer(24 + bytes.length),
    ...bytes,
    ...new Array<number>((8 - (bytes.length % 8)) % 8).fill(0),
  ]);
  const size = longer(40 + body.length);
  return Uint8Array.from([
    ...ascii('riff'),
    ...outerTail,
    ...size,
    ...ascii('wave'),
    ...innerTail,
    ...body,
  ]);
}

function chunk(id: string, bytes: readonly number[]): number[] {
  return [...ascii(id), ...long(bytes.length), ...bytes, ...(bytes.length % 2 === 1 ? [0] : [])];
}

function ascii(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

function short(value: number): number[] {
  return [value & 255, (value >> 8) & 255];
}

function long(value: number): number[] {
  return [...short(value & 0xffff), ...short((value >>> 16) & 0xffff)];
}

function longer(value: number): number[] {
  return [...long(value >>> 0), ...long(Math.floor(value / 2 ** 32))];
}

/**
 * The 16 kHz net of Silero VAD v6.2 (MIT), as far as one 512-sample frame uses it: taps that only ever meet padding are
 * left out, and the two biases of the LSTM are added up. Everything is a matrix, row by row.
 */
const layout = {
  /** 129 magnitudes at three moments → 128. */
  encoder1: { rows: 128, columns: 3 * 129 },
  /** 128 at three moments → 64, every second moment. */
  encoder2: { rows: 64, columns: 3 * 128 },
  /** 64 at two moments → 64. */
  encoder3: { rows: 64, columns: 2 * 64 },
  encoder4: { rows: 128, columns: 64 },
  /** Input and hidden state, one after the other → the gates i, f, g, o. */
  lstm: { rows: 4 * 128, columns: 2 * 128 },
  decoder: { rows: 1, columns: 128 },
} as const;

export type LayerName = keyof typeof layout;

/** A layer's weights, row by row, and one bias a row. */
export interface Layer {
  readonly rows: number;
  readonly columns: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

export type SileroParameters = Readonly<Record<LayerName, Layer>>;

export const layerNames = Object.keys(layout) as readonly LayerName[];

/** Rows and columns of a layer. */
export function shapeOf(name: LayerName): { readonly rows: number; readonly columns: number } {
  return layout[name];
}

/**
 * Packed, a layer is the scale of each row (float32), the biases (float32) and the weights as 16-bit integers that the
 * row's scale multiplies; all little-endian. Half the size of float32, at a change of the probability of 0.01 at most.
 */
const packedBytes = layerNames.reduce(
  (sum, name) => sum + layout[name].rows * (4 + 4 + 2 * layout[name].columns),
  0,
);

/** Writes parameters as `unpack` reads them. */
export function pack(parameters: SileroParameters): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(packedBytes));
  let at = 0;
  const put = (value: number): void => {
    view.setFloat32(at, value, true);
    at += 4;
  };
  for (const name of layerNames) {
    const { rows, columns, weights, biases } = parameters[name];
    const scales = Array.from({ length: rows }, (_, row) =>
      Math.fround(largest(weights.subarray(row * columns, (row + 1) * columns)) / maxInteger),
    );
    scales.forEach(put);
    biases.forEach(put);
    weights.forEach((weight, i) => {
      const scale = scales[Math.floor(i / columns)]!;
      view.setInt16(at, scale === 0 ? 0 : Math.round(weight / scale), true);
      at += 2;
    });
  }
  return new Uint8Array(view.buffer);
}

/** Reads what `pack` wrote. Throws a `RangeError` if it was cut short or is something else. */
export function unpack(bytes: ArrayBuffer): SileroParameters {
  if (bytes.byteLength !== packedBytes) {
    throw new RangeError(
      `The detector's weights have ${bytes.byteLength} bytes instead of ${packedBytes}.`,
    );
  }
  const view = new DataView(bytes);
  let at = 0;
  const floats = (count: number): Float32Array => {
    const taken = Float32Array.from({ length: count }, (_, i) => view.getFloat32(at + 4 * i, true));
    at += 4 * count;
    return taken;
  };
  const layer = (name: LayerName): Layer => {
    const { rows, columns } = layout[name];
    const scales = floats(rows);
    const biases = floats(rows);
    const weights = new Float32Array(rows * columns);
    for (let i = 0; i < weights.length; i += 1) {
      weights[i] = view.getInt16(at + 2 * i, true) * scales[Math.floor(i / columns)]!;
    }
    at += 2 * weights.length;
    return { rows, columns, weights, biases };
  };
  return {
    encoder1: layer('encoder1'),
    encoder2: layer('encoder2'),
    encoder3: layer('encoder3'),
    encoder4: layer('encoder4'),
    lstm: layer('lstm'),
    decoder: layer('decoder'),
  };
}

const maxInteger = 32_767;

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

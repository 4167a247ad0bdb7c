import type { Layer } from './parameters.ts';

/**
 * `out[to + row] = biases[row] + weights[row] · input[from …]` for each row; the number of rows is 1 or a multiple of 4.
 * Four rows at once, since then each input is loaded once for four products.
 */
export function affine(
  { rows, columns, weights, biases }: Layer,
  input: Float32Array,
  from: number,
  out: Float32Array,
  to: number,
): void {
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const first = row * columns;
    const second = first + columns;
    const third = second + columns;
    const fourth = third + columns;
    let a = biases[row]!;
    let b = biases[row + 1]!;
    let c = biases[row + 2]!;
    let d = biases[row + 3]!;
    for (let i = 0; i < columns; i += 1) {
      const x = input[from + i]!;
      a += weights[first + i]! * x;
      b += weights[second + i]! * x;
      c += weights[third + i]! * x;
      d += weights[fourth + i]! * x;
    }
    out[to + row] = a;
    out[to + row + 1] = b;
    out[to + row + 2] = c;
    out[to + row + 3] = d;
  }
  for (; row < rows; row += 1) {
    let sum = biases[row]!;
    for (let i = 0; i < columns; i += 1) sum += weights[row * columns + i]! * input[from + i]!;
    out[to + row] = sum;
  }
}

/** Negative values become zero, `count` of them from `from` on. */
export function rectify(values: Float32Array, from: number, count: number): void {
  for (let i = from; i < from + count; i += 1) if (values[i]! < 0) values[i] = 0;
}

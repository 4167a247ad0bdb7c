/** From the lowest to the highest tick, which hold all values and zero between them. */
interface Scale {
  readonly ticks: readonly number[];
  readonly low: number;
  readonly high: number;
}

const steps = [1, 2, 2.5, 5, 10];
const mostIntervals = 5;

/** An axis with round numbers for these values. `values` has at least one, all of them finite. */
export function scaleOf(values: readonly number[]): Scale {
  const lowest = Math.min(0, ...values);
  const highest = Math.max(0, ...values);
  const span = highest - lowest || 1;
  const size = 10 ** Math.floor(Math.log10(span / mostIntervals));
  const step = size * (steps.find((one) => one * size >= span / mostIntervals) ?? 10);
  const first = Math.floor(lowest / step);
  const last = Math.max(first + 1, Math.ceil(highest / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
  return { ticks, low: ticks[0] ?? 0, high: ticks.at(-1) ?? 1 };
}

/** The value that this share of the values does not exceed, by the nearest rank, rounded; undefined without values. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  return value === undefined ? undefined : Math.round(value);
}

/** How many conversations one core would carry, if `cores` of them were busy with `conversations`. */
export function perCore(conversations: number, cores: number): number {
  return Math.round((conversations / cores) * 10) / 10;
}

/** What one conversation adds, in MB, by the least squares through how much `count` of them took. */
export function memoryForEach(
  readings: readonly { readonly count: number; readonly megabytes: number }[],
): number | undefined {
  const n = readings.length;
  const mean = (pick: (reading: (typeof readings)[number]) => number): number =>
    readings.reduce((sum, reading) => sum + pick(reading), 0) / n;
  const meanCount = mean(({ count }) => count);
  const meanMegabytes = mean(({ megabytes }) => megabytes);
  const spread = readings.reduce((sum, { count }) => sum + (count - meanCount) ** 2, 0);
  if (n < 2 || spread === 0) return undefined;
  const together = readings.reduce(
    (sum, { count, megabytes }) => sum + (count - meanCount) * (megabytes - meanMegabytes),
    0,
  );
  return Math.round(together / spread);
}

import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release } from 'node:os';
import { fileURLToPath } from 'node:url';

/** How a series of measurements spreads. */
export interface Spread {
  readonly n: number;
  readonly median: number;
  readonly p90: number;
  readonly min: number;
  readonly max: number;
}

/** The spread of at least one value; quantiles by the nearest rank. */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError('Nothing was measured.');
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  const round = (value: number): number => Math.round(value * 10) / 10;
  return {
    n: sorted.length,
    median: round(rank(0.5)),
    p90: round(rank(0.9)),
    min: round(rank(1 / sorted.length)),
    max: round(rank(1)),
  };
}

/** Prints a table and writes the whole of it, with the machine that it was measured on, to `bench/results`. */
export async function report(
  name: string,
  rows: Readonly<Record<string, object>>,
  details: object = {},
): Promise<void> {
  console.log(`\n${name}`);
  console.table(rows);
  const folder = new URL('./results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  const file = new URL(`${name}.json`, folder);
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    os: `${process.platform} ${release()}`,
    node: process.version,
    loadAverage: loadavg().map((load) => Math.round(load * 100) / 100),
  };
  const measuredAt = new Date().toISOString();
  await writeFile(
    file,
    `${JSON.stringify({ name, measuredAt, machine, rows, details }, null, 2)}\n`,
  );
  console.log(`written to ${fileURLToPath(file)}`);
}

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { drawn } from './plot/drawing.ts';
import { panelsOf } from './plot/panels.ts';

const folder = new URL('./results/', import.meta.url);

/** What a run has written, as far as a picture needs it. */
const written = z.object({
  measuredAt: z.string(),
  machine: z.object({ cores: z.number(), loadAverage: z.array(z.number()) }),
  rows: z.record(z.string(), z.record(z.string(), z.unknown())),
});

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

/** The load averages of 1, 5 and 15 minutes. */
function loads(): number[] {
  return loadavg().map((load) => Math.round(load * 100) / 100);
}

/** The load average of the last minute. */
export function loadNow(): number {
  return loads()[0] ?? 0;
}

/** Prints a table and writes the whole of it, with the machine that it was measured on, and a picture to `bench/results`. */
export async function report(
  name: string,
  rows: Readonly<Record<string, object>>,
  details: object = {},
): Promise<void> {
  console.log(`\n${name}`);
  console.table(rows);
  await mkdir(folder, { recursive: true });
  const file = new URL(`${name}.json`, folder);
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    os: `${process.platform} ${release()}`,
    node: process.version,
    loadAverage: loads(),
  };
  const measuredAt = new Date().toISOString();
  await writeFile(
    file,
    `${JSON.stringify({ name, measuredAt, machine, rows, details }, null, 2)}\n`,
  );
  console.log(`written to ${fileURLToPath(file)}`);
  await plot(name);
}

/** Draws what an earlier run of a benchmark has written to `bench/results` as an SVG picture beside it. */
export async function plot(name: string): Promise<void> {
  const json = await readFile(new URL(`${name}.json`, folder), 'utf8');
  const { measuredAt, machine, rows } = written.parse(JSON.parse(json));
  const [load = 0] = machine.loadAverage;
  const remark = `${measuredAt.slice(0, 10)}, ${machine.cores} cores, load average ${load}`;
  const file = new URL(`${name}.svg`, folder);
  await writeFile(file, await drawn(name, remark, panelsOf(rows)));
  console.log(`drawn to ${fileURLToPath(file)}`);
}

import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { z } from 'zod';
import { loadNow } from '../report.ts';

/** What so many people at once had to wait, by who answered them. */
export const loadPoint = z.object({
  series: z.string(),
  people: z.number(),
  p50Ms: z.number(),
  p95Ms: z.number(),
});
export type LoadPoint = z.infer<typeof loadPoint>;

const file = new URL('../results/load-curve.svg', import.meta.url);
const ink = '#24292f';
const faint = '#d0d7de';

/** Draws the wait for an answer over the number of people who talk, to `bench/results/load-curve.svg`. */
export async function drawCurve(points: readonly LoadPoint[]): Promise<void> {
  const lines = points.flatMap(({ series, people, p50Ms, p95Ms }) => [
    { series, people, share: 'p50', ms: p50Ms },
    { series, people, share: 'p95', ms: p95Ms },
  ]);
  const people = [...new Set(points.map((point) => point.people))].toSorted((a, b) => a - b);
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: '#ffffff',
    padding: 14,
    width: 520,
    height: 260,
    title: {
      text: 'From the end of a question to the sound of its answer',
      subtitle: `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, load average ${loadNow()}`,
      anchor: 'start',
      offset: 14,
    },
    data: { values: lines },
    mark: { type: 'line', point: true },
    encoding: {
      x: {
        field: 'people',
        type: 'quantitative',
        title: 'people who talk at once',
        axis: { values: people },
      },
      y: { field: 'ms', type: 'quantitative', title: 'ms' },
      color: { field: 'series', type: 'nominal', title: 'who answers' },
      strokeDash: { field: 'share', type: 'nominal', title: 'share', sort: ['p95', 'p50'] },
    },
    config: {
      font: 'system-ui, sans-serif',
      title: { color: ink, subtitleColor: ink, fontSize: 15, subtitleFontSize: 11 },
      axis: { labelColor: ink, titleColor: ink, gridColor: faint, domain: false, ticks: false },
      legend: { labelColor: ink, titleColor: ink, labelLimit: 300 },
      view: { stroke: null },
    },
  } as TopLevelSpec;
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  await writeFile(file, `${await view.toSVG()}\n`);
  view.finalize();
}

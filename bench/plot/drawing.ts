import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Panel } from './panels.ts';

/** So many panels stand beside each other; the rows' names stand left of the first. */
const beside = 3;
const panelWidthPx = 210;
/** Right of the greatest value its number is written. */
const roomForLabel = 1.2;
const rowHeightPx = 22;
/** A picture in a page knows nothing of the page's background, so it has its own. */
const paper = '#ffffff';
const ink = '#24292f';
const faint = '#d0d7de';
const colour = '#2f6fb5';

/** Panels as an SVG picture that needs nothing beside it. `remark` says when and where it was measured. */
export async function drawn(
  title: string,
  remark: string,
  panels: readonly Panel[],
): Promise<string> {
  const lines = Array.from({ length: Math.ceil(panels.length / beside) }, (_, line) => ({
    hconcat: panels
      .slice(line * beside, (line + 1) * beside)
      .map((panel, index) => panelSpec(panel, panels, index === 0)),
    spacing: 24,
    bounds: 'flush',
  }));
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: paper,
    padding: 14,
    title: { text: title, subtitle: remark, anchor: 'start', offset: 14 },
    spacing: 26,
    vconcat: lines,
    config: {
      font: 'system-ui, sans-serif',
      view: { stroke: null },
      title: { color: ink, subtitleColor: ink, fontSize: 15, subtitleFontSize: 11 },
      axis: { labelColor: ink, titleColor: ink, gridColor: faint, domain: false, ticks: false },
    },
  } as TopLevelSpec;
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return `${svg}\n`;
}

function panelSpec({ title, marks }: Panel, all: readonly Panel[], isNamed: boolean): object {
  const rows = [...new Set(all.flatMap((panel) => panel.marks.map(({ row }) => row)))];
  const most = Math.max(...marks.map(({ value, p90 = value }) => Math.max(value, p90)));
  const axisOfNames = isNamed
    ? { labelLimit: 420, labelPadding: 8, grid: true }
    : { labels: false, grid: true };
  const y = {
    field: 'row',
    type: 'nominal',
    sort: rows,
    scale: { domain: rows },
    title: null,
    axis: axisOfNames,
  };
  const x = {
    type: 'quantitative',
    title,
    axis: {
      tickCount: 4,
      orient: 'top',
      titleAnchor: 'start',
      titleLimit: panelWidthPx + 20,
      grid: false,
    },
    // A column of zeros has an axis, too.
    scale: { domain: [0, most === 0 ? 1 : most * roomForLabel], nice: false },
  };
  return {
    width: panelWidthPx,
    height: { step: rowHeightPx },
    data: { values: marks },
    layer: [
      {
        transform: [{ filter: 'isValid(datum.p90)' }],
        mark: { type: 'rule', color: colour, strokeWidth: 3, opacity: 0.4 },
        encoding: { x: { ...x, field: 'value' }, x2: { field: 'p90' }, y },
      },
      {
        mark: { type: 'point', filled: true, color: colour, size: 70, opacity: 1 },
        encoding: { x: { ...x, field: 'value' }, y },
      },
      {
        mark: { type: 'text', align: 'left', dx: 8, dy: -7, fontSize: 9.5, color: ink },
        encoding: {
          x: { ...x, field: 'value' },
          y,
          text: { field: 'value', type: 'quantitative' },
        },
      },
    ],
  };
}

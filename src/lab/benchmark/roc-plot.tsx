import { labWords } from '../../words/lab.ts';
import type { DetectorResult } from './benchmark.ts';
import { looks } from './looks.ts';
import { PlotFrame } from './plot-frame.tsx';
import type { RocPoint } from './scores.ts';

const side = 260;
const left = 40;
const bottom = 40;
const top = 8;
const ticks = [0, 0.25, 0.5, 0.75, 1];
/** As many points as a line of this length can show. */
const mostPoints = 400;

/** Hits against false alarms, a line for each detector. */
export function RocPlot({ id, results }: { id: string; results: readonly DetectorResult[] }) {
  const width = left + side + 12;
  const height = top + side + bottom;
  return (
    <PlotFrame id={id} label={labWords.benchmark.plot} width={width} height={height}>
      {ticks.map((tick) => (
        <g key={tick} fill="var(--muted)" stroke="none">
          <line x1={xOf(tick)} x2={xOf(tick)} y1={top} y2={top + side} stroke="var(--line)" />
          <line x1={left} x2={left + side} y1={yOf(tick)} y2={yOf(tick)} stroke="var(--line)" />
          <text x={xOf(tick)} y={top + side + 15} textAnchor="middle">
            {tick}
          </text>
          <text x={left - 6} y={yOf(tick) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      <text x={left + side / 2} y={height - 6} textAnchor="middle" fill="var(--muted)">
        {labWords.benchmark.falseAlarmRate}
      </text>
      <text
        transform={`translate(11 ${top + side / 2}) rotate(-90)`}
        textAnchor="middle"
        fill="var(--muted)"
      >
        {labWords.benchmark.hitRate}
      </text>
      <path
        d={`M${xOf(0)} ${yOf(0)}L${xOf(1)} ${yOf(1)}`}
        stroke="var(--line-strong)"
        strokeDasharray="4 4"
      />
      {results.map(
        ({ detector, roc }) =>
          roc && (
            <path
              key={detector}
              d={pathOf(roc.points)}
              fill="none"
              stroke={looks[detector].colour}
              strokeDasharray={looks[detector].dashes}
              strokeWidth="2"
              strokeLinejoin="round"
            />
          ),
      )}
    </PlotFrame>
  );
}

function xOf(falseAlarmRate: number): number {
  return left + falseAlarmRate * side;
}

function yOf(hitRate: number): number {
  return top + (1 - hitRate) * side;
}

function pathOf(points: readonly RocPoint[]): string {
  const every = Math.ceil(points.length / mostPoints);
  const shown = points.filter((_, index) => index % every === 0 || index === points.length - 1);
  return shown
    .map(({ falseAlarmRate, hitRate }, index) => {
      const command = index === 0 ? 'M' : 'L';
      return `${command}${xOf(falseAlarmRate).toFixed(1)} ${yOf(hitRate).toFixed(1)}`;
    })
    .join('');
}

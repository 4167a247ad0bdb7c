import { labWords } from '../../words/lab.ts';
import type { DetectorResult } from './benchmark.ts';
import type { Condition } from './conditions.ts';
import { looks } from './looks.ts';
import { PlotFrame } from './plot-frame.tsx';

const width = 312;
const left = 104;
const right = 12;
const top = 8;
const rowHeight = 14;
const gap = 12;
const bottom = 34;

interface AreaPlotProps {
  id: string;
  groups: readonly { condition: Condition; results: readonly DetectorResult[] }[];
}

/** The area under the ROC for each condition, with its interval. */
export function AreaPlot({ id, groups }: AreaPlotProps) {
  const rows = Math.max(...groups.map(({ results }) => results.length));
  const groupHeight = rows * rowHeight + gap;
  const plotHeight = groups.length * groupHeight;
  const lowest = lowestOf(groups);
  const xOf = (auc: number): number =>
    left + ((Math.max(lowest, auc) - lowest) / (1 - lowest)) * (width - left - right);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => lowest + share * (1 - lowest));
  const height = top + plotHeight + bottom;
  return (
    <PlotFrame id={id} label={labWords.benchmark.byCondition} width={width} height={height}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={xOf(tick)} x2={xOf(tick)} y1={top} y2={top + plotHeight} stroke="var(--line)" />
          <text x={xOf(tick)} y={top + plotHeight + 14} textAnchor="middle" fill="var(--muted)">
            {Number(tick.toFixed(3))}
          </text>
        </g>
      ))}
      <text x={(left + width - right) / 2} y={height - 4} textAnchor="middle" fill="var(--muted)">
        {labWords.benchmark.columns.auc}
      </text>
      {groups.map(({ condition, results }, group) => (
        <g key={condition} transform={`translate(0 ${top + group * groupHeight})`}>
          <text x="0" y={groupHeight / 2 + 4} fill="var(--ink)">
            {labWords.benchmark.conditions[condition]}
          </text>
          {results.map(({ detector, roc, intervals }, row) => {
            const { colour } = looks[detector];
            const y = gap / 2 + (row + 0.5) * rowHeight;
            return (
              roc && (
                <g key={detector} stroke={colour} fill={colour} strokeWidth="2">
                  {intervals && (
                    <line x1={xOf(intervals.auc.low)} x2={xOf(intervals.auc.high)} y1={y} y2={y} />
                  )}
                  <circle cx={xOf(roc.auc)} cy={y} r="2.5" />
                </g>
              )
            );
          })}
        </g>
      ))}
    </PlotFrame>
  );
}

/** Where the axis begins: a round number below all there is. */
function lowestOf(groups: AreaPlotProps['groups']): number {
  const areas = groups.flatMap(({ results }) =>
    results.flatMap(({ roc, intervals }) => [intervals?.auc.low ?? 1, roc?.auc ?? 1]),
  );
  return Math.max(0, Math.floor((Math.min(...areas) - 0.02) * 5) / 5);
}

import { useId } from 'react';
import { clip } from '#protocol/clip.ts';
import type { ChartCard } from '#protocol/page-tools.ts';
import { PlotFrame } from '../lab/benchmark/plot-frame.tsx';
import { scaleOf } from './scale.ts';

const width = 384;
const left = 96;
const right = 14;
const top = 8;
const bottom = 32;
const rowHeight = 22;
const lineHeight = 180;
const longestLabel = 14;

/** Bars lie, so that their labels can be read; a line runs from left to right. The same plots as in the Lab. */
export function ChartPlot({ card }: { card: ChartCard }) {
  const id = useId();
  return card.shape === 'bars' ? <Bars id={id} card={card} /> : <Line id={id} card={card} />;
}

interface PlotProps {
  id: string;
  card: ChartCard;
}

function Bars({ id, card: { title, points, unit } }: PlotProps) {
  const { ticks, low, high } = scaleOf(points.map(({ value }) => value));
  const plotHeight = points.length * rowHeight;
  const xOf = (value: number): number =>
    left + ((value - low) / (high - low)) * (width - left - right);
  return (
    <PlotFrame id={id} label={title} width={width} height={top + plotHeight + bottom}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={xOf(tick)} x2={xOf(tick)} y1={top} y2={top + plotHeight} stroke="var(--line)" />
          <text x={xOf(tick)} y={top + plotHeight + 14} textAnchor="middle" fill="var(--muted)">
            {short(tick)}
          </text>
        </g>
      ))}
      <text x={width - right} y={top + plotHeight + 28} textAnchor="end" fill="var(--muted)">
        {unit}
      </text>
      {points.map(({ label, value }, at) => {
        const y = top + at * rowHeight;
        return (
          <g key={at}>
            <text x={left - 8} y={y + rowHeight / 2 + 4} textAnchor="end" fill="var(--ink)">
              {clip(label, longestLabel)}
            </text>
            <rect
              x={Math.min(xOf(0), xOf(value))}
              y={y + 4}
              width={Math.abs(xOf(value) - xOf(0))}
              height={rowHeight - 8}
              rx="2"
              fill="var(--voice-speaking)"
            />
          </g>
        );
      })}
    </PlotFrame>
  );
}

function Line({ id, card: { title, points, unit } }: PlotProps) {
  const { ticks, low, high } = scaleOf(points.map(({ value }) => value));
  const start = 48;
  const yOf = (value: number): number => top + (1 - (value - low) / (high - low)) * lineHeight;
  const xOf = (at: number): number =>
    start + (points.length === 1 ? 0.5 : at / (points.length - 1)) * (width - start - right);
  const first = points[0];
  const last = points.length > 1 ? points.at(-1) : undefined;
  return (
    <PlotFrame id={id} label={title} width={width} height={top + lineHeight + bottom}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={start} x2={width - right} y1={yOf(tick)} y2={yOf(tick)} stroke="var(--line)" />
          <text x={start - 6} y={yOf(tick) + 4} textAnchor="end" fill="var(--muted)">
            {short(tick)}
          </text>
        </g>
      ))}
      <polyline
        points={points.map(({ value }, at) => `${xOf(at)},${yOf(value)}`).join(' ')}
        fill="none"
        stroke="var(--voice-speaking)"
        strokeWidth="2"
      />
      {points.map(({ value }, at) => (
        <circle key={at} cx={xOf(at)} cy={yOf(value)} r="2.5" fill="var(--voice-speaking)" />
      ))}
      <text x={start} y={top + lineHeight + 16} fill="var(--muted)">
        {first && clip(first.label, longestLabel)}
      </text>
      <text x={width - right} y={top + lineHeight + 16} textAnchor="end" fill="var(--muted)">
        {last && clip(last.label, longestLabel)}
      </text>
      <text x={start} y={top + lineHeight + 29} fill="var(--muted)">
        {unit}
      </text>
    </PlotFrame>
  );
}

function short(value: number): string {
  return Math.abs(value) >= 1e5
    ? value.toExponential(1).replace('e+', 'e').replace('.0', '')
    : String(value);
}

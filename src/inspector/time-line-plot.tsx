import { useEffect, useRef, useState } from 'react';
import { inspectorWords } from '../words/inspector.ts';
import { fixed } from '../words/formats.ts';
import type { ProbabilityPoint } from './probability-trace.ts';
import { lanes, type Lane, type Mark, type MarkKind, type TimeLine } from './time-line.ts';

const curveHeight = 40;
const labelHeight = 15;
const barHeight = 8;
const laneHeight = labelHeight + barHeight + 3;
const axisHeight = 20;
const top = labelHeight;
/** Ticks stand no closer than this, in px. */
const leastTickPx = 60;

const colours: Readonly<Record<Lane, string>> = {
  page_speech: 'var(--voice-listening)',
  gate: 'var(--voice-idle)',
  agent_speech: 'var(--voice-listening)',
  tool: 'var(--voice-thinking)',
  agent_sound: 'var(--voice-speaking)',
  heard: 'var(--voice-speaking)',
};

/** Moments that stand for more than the edge of a stretch; dashes tell them apart without colour. */
const lines: Readonly<Partial<Record<MarkKind, { colour: string; dashes?: string }>>> = {
  turn_ended: { colour: 'var(--ink)' },
  first_token: { colour: 'var(--voice-thinking)', dashes: '4 3' },
  duck: { colour: 'var(--voice-interrupted)', dashes: '1 3' },
  confirm: { colour: 'var(--voice-interrupted)', dashes: '5 2' },
  cut: { colour: 'var(--voice-interrupted)' },
};

interface TimeLinePlotProps {
  label: string;
  line: TimeLine;
  points: readonly ProbabilityPoint[];
  /** What stands in the curve's place where there is none. */
  noCurve: string;
}

/** The stretches of a turn in lanes under the curve of the detector. The table below it says the same. */
export function TimeLinePlot({ label, line, points, noCurve }: TimeLinePlotProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(320);
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const resizing = new ResizeObserver(() => setWidth(element.clientWidth));
    resizing.observe(element);
    return () => resizing.disconnect();
  }, []);
  const { fromMs, toMs, stretches, marks } = line;
  const xOf = (atMs: number): number =>
    Math.min(width, Math.max(0, ((atMs - fromMs) / (toMs - fromMs)) * width));
  const shown = lanes.filter((lane) => stretches.some((stretch) => stretch.lane === lane));
  const lanesFrom = top + (points.length > 0 ? curveHeight : 0);
  const plotHeight = lanesFrom + shown.length * laneHeight;
  return (
    <div ref={frame} className="mt-3">
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${width} ${plotHeight + axisHeight}`}
        fontSize="11"
        className="block w-full"
      >
        <Axis fromMs={fromMs} toMs={toMs} xOf={xOf} width={width} height={plotHeight} />
        <text y={labelHeight - 4} fill="var(--muted)">
          {points.length > 0 ? inspectorWords.probability : noCurve}
        </text>
        <path
          d={curveOf(points, xOf)}
          fill="none"
          stroke="var(--voice-listening)"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
        {shown.map((lane, row) => (
          <g key={lane} transform={`translate(0 ${lanesFrom + row * laneHeight})`}>
            <text y={labelHeight - 3} fill="var(--muted)">
              {inspectorWords.lanes[lane]}
            </text>
            {stretches
              .filter((stretch) => stretch.lane === lane)
              .map((stretch, index) => (
                <rect
                  key={index}
                  x={xOf(stretch.fromMs)}
                  y={labelHeight}
                  width={Math.max(2, xOf(stretch.toMs ?? toMs) - xOf(stretch.fromMs))}
                  height={barHeight}
                  rx="2"
                  fill={colours[lane]}
                />
              ))}
          </g>
        ))}
        {marks.map((mark, index) => (
          <MarkLine key={index} mark={mark} x={xOf(mark.atMs)} height={plotHeight} />
        ))}
      </svg>
      <Legend marks={marks} />
    </div>
  );
}

function MarkLine({ mark, x, height }: { mark: Mark; x: number; height: number }) {
  const look = lines[mark.kind];
  return (
    look && (
      <line
        x1={x}
        x2={x}
        y1={top}
        y2={height}
        stroke={look.colour}
        strokeDasharray={look.dashes}
        strokeWidth="1.5"
      />
    )
  );
}

function Legend({ marks }: { marks: readonly Mark[] }) {
  const kinds = (Object.keys(lines) as MarkKind[]).filter((kind) =>
    marks.some((mark) => mark.kind === kind),
  );
  return (
    <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {kinds.map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <svg aria-hidden="true" viewBox="0 0 16 4" className="h-1 w-4">
            <line
              x2="16"
              y1="2"
              y2="2"
              stroke={lines[kind]?.colour}
              strokeDasharray={lines[kind]?.dashes}
              strokeWidth="2"
            />
          </svg>
          {inspectorWords.marks[kind]}
        </li>
      ))}
    </ul>
  );
}

interface AxisProps {
  fromMs: number;
  toMs: number;
  xOf: (atMs: number) => number;
  width: number;
  height: number;
}

function Axis({ fromMs, toMs, xOf, width, height }: AxisProps) {
  const stepMs = stepOf((toMs - fromMs) / Math.max(1, Math.floor(width / leastTickPx)));
  const ticks = Array.from(
    { length: Math.floor((toMs - fromMs) / stepMs) + 1 },
    (_, index) => index * stepMs,
  );
  const digits = stepMs < 1000 ? (stepMs < 100 ? 2 : 1) : 0;
  return ticks.map((ms) => (
    <g key={ms}>
      <line x1={xOf(fromMs + ms)} x2={xOf(fromMs + ms)} y1={top} y2={height} stroke="var(--line)" />
      <text
        x={Math.max(1, xOf(fromMs + ms))}
        y={height + 14}
        textAnchor={ms === 0 ? 'start' : xOf(fromMs + ms) > width - 14 ? 'end' : 'middle'}
        fill="var(--muted)"
      >
        {fixed(ms / 1000, digits)}
      </text>
    </g>
  ));
}

/** The least round number of ms that is no less. */
function stepOf(leastMs: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, leastMs)));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= leastMs) ?? leastMs;
}

/** The loudest of what falls on one pixel counts, so that a long turn does not lose its short words. */
function curveOf(points: readonly ProbabilityPoint[], xOf: (atMs: number) => number): string {
  const highest = new Map<number, number>();
  for (const { atMs, probability } of points) {
    const x = Math.round(xOf(atMs));
    highest.set(x, Math.max(highest.get(x) ?? 0, probability));
  }
  return [...highest]
    .map(([x, probability], index) => {
      const y = top + 1 + (1 - probability) * (curveHeight - 2);
      return `${index === 0 ? 'M' : 'L'}${x} ${y.toFixed(1)}`;
    })
    .join('');
}

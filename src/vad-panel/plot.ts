import type { BargeInPolicy } from '../barge-in/policy.ts';
import type { WatchedFrame } from '../vad/messages.ts';
import { traceFrames } from './trace.ts';

export interface PlotColours {
  readonly speech: string;
  readonly assistant: string;
  readonly cut: string;
  readonly threshold: string;
  readonly faint: string;
  readonly echo: string;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Below the curve: whether the assistant sounds, whether the frame is its echo, and how old the frame was. */
const rowHeight = 6;
const ageHeight = 14;
const gap = 4;
const rowsHeight = 2 * rowHeight + ageHeight + 3 * gap;
/** An age that fills its row, in ms. */
const fullAgeMs = 100;

/** Draws the last seconds, the newest on the right. Sizes in CSS pixels; `policy` is undefined while the page cuts nothing. */
export function drawPlot(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  frames: readonly WatchedFrame[],
  policy: BargeInPolicy | undefined,
  colours: PlotColours,
): void {
  const step = width / traceFrames;
  const curveHeight = height - rowsHeight;
  const left = (index: number): number => width - (frames.length - index) * step;
  const level = (share: number): number => 1 + (1 - share) * (curveHeight - 2);
  const fillFrames = (
    colour: string,
    box: (frame: WatchedFrame) => { top: number; height: number } | undefined,
  ): void => {
    context.fillStyle = colour;
    context.beginPath();
    frames.forEach((frame, index) => {
      const at = box(frame);
      if (at) context.rect(left(index), at.top, step + 0.5, at.height);
    });
    // As one shape, so that neighbours do not show where they overlap.
    context.fill();
  };
  const row = (top: number) => ({ top, height: rowHeight });
  const assistantTop = curveHeight + gap;
  const echoTop = assistantTop + rowHeight + gap;

  context.clearRect(0, 0, width, height);
  context.fillStyle = colours.faint;
  context.fillRect(0, curveHeight, width, 1);

  context.globalAlpha = 0.22;
  fillFrames(colours.cut, ({ state }) =>
    state === 'idle' ? undefined : { top: 0, height: curveHeight },
  );
  context.globalAlpha = 1;
  fillFrames(colours.cut, ({ state }) =>
    state === 'confirmed' ? { top: 0, height: curveHeight } : undefined,
  );
  fillFrames(colours.assistant, ({ audible }) => (audible ? row(assistantTop) : undefined));
  fillFrames(colours.echo, ({ isEcho }) => (isEcho ? row(echoTop) : undefined));
  fillFrames(colours.threshold, ({ ageMs }) => {
    const tall = Math.max(1, Math.min(1, ageMs / fullAgeMs) * ageHeight);
    return { top: height - tall, height: tall };
  });

  if (policy) {
    context.strokeStyle = colours.threshold;
    context.lineWidth = 1;
    line(context, [0, level(policy.speechFrom)], [width, level(policy.speechFrom)], [6, 4]);
    line(context, [0, level(policy.quietBelow)], [width, level(policy.quietBelow)], [2, 4]);
  }

  context.strokeStyle = colours.speech;
  context.lineWidth = 1.75;
  context.lineJoin = 'round';
  context.beginPath();
  frames.forEach(({ probability }, index) =>
    context.lineTo(left(index) + step, level(probability)),
  );
  context.stroke();
}

type Point = readonly [x: number, y: number];

function line(
  context: CanvasRenderingContext2D,
  from: Point,
  to: Point,
  dashes: readonly number[],
): void {
  context.setLineDash(dashes);
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
  context.setLineDash([]);
}

import { useEffect, useRef } from 'react';
import type { BargeInPolicy } from '../barge-in/policy.ts';
import { fitToScreen } from '../design/canvas-size.ts';
import { animate } from '../design/frames.ts';
import { drawPlot, type PlotColours } from './plot.ts';
import type { Trace } from './trace.ts';

interface PlotCanvasProps {
  label: string;
  trace: Trace;
  policy: BargeInPolicy | undefined;
}

/** Who wants no motion gets a new still picture this often, in ms. */
const stillEveryMs = 1000;

/** The moving plot; redrawn only when a frame has come. */
export function PlotCanvas({ label, trace, policy }: PlotCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return undefined;
    const reduced = matchMedia('(prefers-reduced-motion: reduce)');
    let drawnMs = -Infinity;
    let drawn: unknown;
    const fit = (): void => {
      fitToScreen(element, context);
      drawn = undefined;
    };
    const draw = (nowMs: number): void => {
      const isDue = !reduced.matches || nowMs - drawnMs >= stillEveryMs;
      if (trace.frames === drawn || !isDue) return;
      drawn = trace.frames;
      drawnMs = nowMs;
      const size = { width: element.clientWidth, height: element.clientHeight };
      drawPlot(context, size, trace.frames, policy, coloursOf(element));
    };
    const resizing = new ResizeObserver(fit);
    resizing.observe(element);
    const stopDrawing = animate({ draw });
    return () => {
      resizing.disconnect();
      stopDrawing();
    };
  }, [trace, policy]);
  return <canvas ref={canvas} role="img" aria-label={label} className="block h-28 w-full" />;
}

function coloursOf(element: Element): PlotColours {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name);
  return {
    speech: colour('--voice-listening'),
    assistant: colour('--voice-speaking'),
    cut: colour('--voice-interrupted'),
    threshold: colour('--line-strong'),
    faint: colour('--line'),
    echo: colour('--voice-idle'),
  };
}

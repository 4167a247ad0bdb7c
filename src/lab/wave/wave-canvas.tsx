import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { SegmentSettings } from '../../../vad/segmenting/segments.ts';
import { currentTheme, watchTheme } from '../../app/theme.ts';
import { fitToScreen } from '../../design/canvas-size.ts';
import type { Analysis } from '../analysis/analysis.ts';
import type { Findings } from '../findings.ts';
import { drawWave, type WaveColours } from './draw.ts';
import type { Player } from './player.ts';
import { moved, zoomed, type Window } from './window.ts';

interface WaveCanvasProps {
  label: string;
  analysis: Analysis;
  findings: Findings;
  settings: SegmentSettings;
  window: Window;
  player: Player;
  onWindow: (change: (window: Window) => Window) => void;
}

/** How much a notch of the wheel zooms. */
const zoomPerPixel = 0.002;

export function WaveCanvas(props: WaveCanvasProps) {
  const { label, analysis, findings, settings, window, player, onWindow } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const playhead = useRef<HTMLDivElement>(null);
  const theme = useSyncExternalStore(watchTheme, currentTheme);
  const { durationMs, segments } = findings;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return undefined;
    const draw = (): void => {
      const { width, height } = fitToScreen(element, context);
      const { sensitivity } = settings;
      const colours = coloursOf(element);
      drawWave(context, { analysis, segments, sensitivity, window, width, height, colours });
    };
    const resizing = new ResizeObserver(draw);
    resizing.observe(element);
    return () => resizing.disconnect();
  }, [analysis, segments, settings, window, theme]);

  useEffect(() => {
    const element = playhead.current;
    if (!element) return undefined;
    return player.follow((atMs) => {
      const share = (atMs - window.fromMs) / window.lengthMs;
      element.hidden = share < 0 || share > 1;
      element.style.left = `${share * 100}%`;
    });
  }, [player, window]);

  // By hand, since React's own listener may not keep the page from zooming.
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent): void => {
      const zooms = event.ctrlKey || event.metaKey;
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      if (!zooms && sideways === 0) return;
      event.preventDefault();
      const share = event.offsetX / element.clientWidth;
      onWindow((before) =>
        zooms
          ? zoomed(
              before,
              Math.exp(event.deltaY * zoomPerPixel),
              before.fromMs + share * before.lengthMs,
              durationMs,
            )
          : moved(before, (sideways / element.clientWidth) * before.lengthMs, durationMs),
      );
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [onWindow, durationMs]);

  return (
    <div className="relative overflow-hidden">
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        className="block h-52 w-full cursor-pointer sm:h-60"
        onClick={({ nativeEvent, currentTarget }) => {
          const share = nativeEvent.offsetX / currentTarget.clientWidth;
          player.play(window.fromMs + share * window.lengthMs);
        }}
      />
      <div
        ref={playhead}
        hidden
        className="pointer-events-none absolute top-0 bottom-4.5 w-0.5 bg-ink"
      />
    </div>
  );
}

function coloursOf(element: Element): WaveColours {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name);
  return {
    wave: colour('--muted'),
    speech: colour('--voice-listening'),
    curve: colour('--voice-speaking'),
    threshold: colour('--line-strong'),
    faint: colour('--line'),
    label: colour('--muted'),
  };
}

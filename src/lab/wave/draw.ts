import { frameMs } from '../../../vad/silero/frame.ts';
import { thresholdOf, type Segment } from '../../../vad/segmenting/segments.ts';
import { peakMs, type Analysis } from '../analysis/analysis.ts';
import { fixed } from '../../words/formats.ts';
import { labWords } from '../../words/lab.ts';
import type { Window } from './window.ts';

export interface WaveColours {
  readonly wave: string;
  readonly speech: string;
  readonly curve: string;
  readonly threshold: string;
  readonly faint: string;
  readonly label: string;
}

interface Drawing {
  readonly analysis: Analysis;
  readonly segments: readonly Segment[];
  readonly sensitivity: number;
  readonly window: Window;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly colours: WaveColours;
}

const rulerHeight = 18;
const gap = 8;
/** The curve's share of what is left. */
const curveShare = 0.34;
/** In 127ths of full scale: what is quieter than this all the way is noise, and is drawn as small as it is. */
const leastLoudest = 8;

/** Draws the wave with its segments, below it the probability with the threshold, and the time below both. */
export function drawWave(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { width, height } = drawing;
  const room = height - rulerHeight - gap;
  const waveHeight = Math.round(room * (1 - curveShare));
  const curveTop = waveHeight + gap;
  const curveHeight = room - waveHeight;
  context.clearRect(0, 0, width, height);
  drawSegments(context, drawing, waveHeight, curveTop + curveHeight);
  drawPeaks(context, drawing, waveHeight);
  drawCurve(context, drawing, curveTop, curveHeight);
  drawRuler(context, drawing, height - rulerHeight);
}

function xOf({ window, width }: Drawing, atMs: number): number {
  return ((atMs - window.fromMs) / window.lengthMs) * width;
}

function drawSegments(
  context: CanvasRenderingContext2D,
  drawing: Drawing,
  waveHeight: number,
  bottom: number,
): void {
  const { segments, window, colours } = drawing;
  context.fillStyle = colours.speech;
  const untilMs = window.fromMs + window.lengthMs;
  for (const { startMs, endMs } of segments) {
    if (endMs < window.fromMs || startMs > untilMs) continue;
    const left = xOf(drawing, startMs);
    const wide = Math.max(1, xOf(drawing, endMs) - left);
    context.globalAlpha = 0.14;
    context.fillRect(left, 0, wide, bottom);
    context.globalAlpha = 1;
    context.fillRect(left, waveHeight, wide, 3);
  }
}

function drawPeaks(context: CanvasRenderingContext2D, drawing: Drawing, waveHeight: number): void {
  const { analysis, window, width, colours } = drawing;
  const { peaks } = analysis;
  const middle = waveHeight / 2;
  // As tall as there is room for: a quiet recording shows its shape as well as a loud one.
  const loudest = Math.max(leastLoudest, analysis.loudest);
  context.fillStyle = colours.wave;
  const pairs = peaks.length / 2;
  const pairAt = (x: number): number => (window.fromMs + (x / width) * window.lengthMs) / peakMs;
  for (let x = 0; x < width; x += 1) {
    const first = Math.floor(pairAt(x));
    if (first >= pairs) break;
    const end = Math.min(pairs, Math.max(first + 1, Math.floor(pairAt(x + 1))));
    let lowest = 0;
    let highest = 0;
    for (let pair = first; pair < end; pair += 1) {
      lowest = Math.min(lowest, peaks[2 * pair] ?? 0);
      highest = Math.max(highest, peaks[2 * pair + 1] ?? 0);
    }
    const top = middle - (highest / loudest) * middle;
    const bottom = middle - (lowest / loudest) * middle;
    context.fillRect(x, top, 1, Math.max(1, bottom - top));
  }
}

function drawCurve(
  context: CanvasRenderingContext2D,
  drawing: Drawing,
  top: number,
  height: number,
): void {
  const { analysis, window, width, colours, sensitivity } = drawing;
  const { probabilities } = analysis;
  const yOf = (probability: number): number => top + (1 - probability) * (height - 2) + 1;
  context.fillStyle = colours.faint;
  context.fillRect(0, top + height, width, 1);

  context.strokeStyle = colours.curve;
  context.lineWidth = 1.5;
  context.lineJoin = 'round';
  context.beginPath();
  const first = Math.max(0, Math.floor(window.fromMs / frameMs) - 1);
  const last = Math.ceil((window.fromMs + window.lengthMs) / frameMs) + 1;
  const end = Math.min(probabilities.length, last);
  const framesPerPixel = window.lengthMs / frameMs / width;
  if (framesPerPixel <= 2) {
    for (let frame = first; frame < end; frame += 1) {
      context.lineTo(xOf(drawing, (frame + 0.5) * frameMs), yOf(probabilities[frame] ?? 0));
    }
  } else {
    // Where many frames share a pixel, the line goes through the lowest and the highest of each.
    for (let frame = first; frame < end; frame += framesPerPixel) {
      const from = Math.floor(frame);
      const piece = probabilities.subarray(from, Math.min(end, Math.ceil(frame + framesPerPixel)));
      const x = xOf(drawing, from * frameMs);
      context.lineTo(x, yOf(piece.reduce((least, p) => Math.min(least, p), 1)));
      context.lineTo(x, yOf(piece.reduce((most, p) => Math.max(most, p), 0)));
    }
  }
  context.stroke();

  const threshold = yOf(thresholdOf(sensitivity));
  context.strokeStyle = colours.threshold;
  context.lineWidth = 1;
  context.setLineDash([6, 4]);
  context.beginPath();
  context.moveTo(0, threshold);
  context.lineTo(width, threshold);
  context.stroke();
  context.setLineDash([]);
}

/** Steps between marks, in ms, the shortest first. */
const steps = [
  50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000,
  3_600_000,
];
const leastMarkWidth = 64;

function drawRuler(context: CanvasRenderingContext2D, drawing: Drawing, top: number): void {
  const { window, width, colours } = drawing;
  const wantedMs = (leastMarkWidth / width) * window.lengthMs;
  const stepMs = steps.find((step) => step >= wantedMs) ?? Math.ceil(wantedMs / 3.6e6) * 3.6e6;
  context.fillStyle = colours.label;
  context.font = '11px "Inter Variable", system-ui, sans-serif';
  context.textBaseline = 'bottom';
  const firstMs = Math.ceil(window.fromMs / stepMs) * stepMs;
  for (let atMs = firstMs; atMs < window.fromMs + window.lengthMs; atMs += stepMs) {
    const x = xOf(drawing, atMs);
    context.fillRect(x, top, 1, 4);
    const text = markText(atMs, stepMs);
    const textWidth = context.measureText(text).width;
    context.fillText(text, Math.min(width - textWidth, x + 3), top + rulerHeight);
  }
}

function markText(atMs: number, stepMs: number): string {
  if (stepMs < 1000) return labWords.view.seconds(fixed(atMs / 1000, stepMs < 100 ? 2 : 1));
  const s = Math.round(atMs / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return `${minutes}:${two(s % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(s % 60)}`;
}

import {
  segmentsOf,
  speechMsOf,
  type Segment,
  type SegmentSettings,
} from '../../vad/segmenting/segments.ts';
import type { Analysis } from './analysis/analysis.ts';

/** What the settings make of what was heard. */
export interface Findings {
  readonly segments: readonly Segment[];
  readonly speechMs: number;
  readonly durationMs: number;
}

const known = new WeakMap<Analysis, { settings: SegmentSettings; findings: Findings }>();

/** Speech in a recording; worked out once for each setting, from the probabilities that were kept. */
export function findingsOf(analysis: Analysis, settings: SegmentSettings): Findings {
  const before = known.get(analysis);
  if (before?.settings === settings) return before.findings;
  const durationMs = analysis.durationS * 1000;
  const segments = segmentsOf(analysis.probabilities, settings, durationMs);
  const findings = { segments, speechMs: speechMsOf(segments), durationMs };
  known.set(analysis, { settings, findings });
  return findings;
}

/** How much of the time is no speech, 0 to 1. */
export function silentShare({ speechMs, durationMs }: Omit<Findings, 'segments'>): number {
  return durationMs > 0 ? Math.max(0, 1 - speechMs / durationMs) : 0;
}

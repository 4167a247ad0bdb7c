import type { Segment } from '../segmenting/segments.ts';

/** What was found in one recording. */
export interface FoundSpeech {
  /** The file's name, without its folder. */
  readonly name: string;
  readonly durationMs: number;
  readonly segments: readonly Segment[];
}

/** Milliseconds as seconds with three places, such as 1.034. */
export function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

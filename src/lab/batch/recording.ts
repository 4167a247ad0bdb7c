import type { Analysis } from '../analysis/analysis.ts';
import type { RecordingProblem } from '../decoding/problem.ts';

export type Progress =
  | { readonly kind: 'waiting' }
  /** How much was heard, 0 to 1; stays 0 where the file does not say how long it is. */
  | { readonly kind: 'running'; readonly share: number }
  | { readonly kind: 'heard'; readonly analysis: Analysis }
  | { readonly kind: 'failed'; readonly problem: RecordingProblem }
  | { readonly kind: 'cancelled' };

/** One file that the person gave, and how far the page is with it. */
export interface Recording {
  readonly id: number;
  readonly file: File;
  readonly progress: Progress;
}

/** What was heard of it; undefined until all of it was. */
export function analysisOf({ progress }: Recording): Analysis | undefined {
  return progress.kind === 'heard' ? progress.analysis : undefined;
}

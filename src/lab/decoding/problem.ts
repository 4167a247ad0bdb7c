/** Why a recording could not be read, as far as a person can do something about it. */
export type RecordingProblem =
  | { readonly kind: 'empty' }
  /** No container that is known: something else, or cut off at its beginning. */
  | { readonly kind: 'format' }
  /** A film without sound, or a file with a head and nothing after it. */
  | { readonly kind: 'silent' }
  /** The container can be read, what is in it cannot. */
  | { readonly kind: 'codec'; readonly codec: string }
  | { readonly kind: 'broken'; readonly detail: string }
  /** The detector itself could not be had, or its worker was ended. */
  | { readonly kind: 'detector'; readonly detail: string };

/** Carries a problem out of the depth of decoding. */
export class RecordingError extends Error {
  readonly problem: RecordingProblem;

  constructor(problem: RecordingProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** What was thrown, as a problem; anything unforeseen counts as a broken file. */
export function problemOf(error: unknown): RecordingProblem {
  if (error instanceof RecordingError) return error.problem;
  return { kind: 'broken', detail: error instanceof Error ? error.message : String(error) };
}

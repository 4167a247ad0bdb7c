import type { ProblemStep, ProblemWords } from '#protocol/problems.ts';

/** What is said about problems, in one language. */
export interface ProblemTexts {
  readonly text: ProblemWords;
  readonly label: string;
  readonly detail: string;
  readonly dismiss: (title: string) => string;
  /** What stands on the buttons. */
  readonly steps: Readonly<Record<ProblemStep, string>>;
}

/** What is checked, in this order; each may be skipped. */
export const steps = ['voice', 'loudspeaker', 'room'] as const;
export type Step = (typeof steps)[number];

/** The step after this one; undefined after the last. */
export function stepAfter(step: Step): Step | undefined {
  return steps[steps.indexOf(step) + 1];
}

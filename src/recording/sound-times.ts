/** A stretch that was recorded without a break, and where it lies in the sound of the whole. Lengths are ms. */
export interface PlacedStretch {
  /** In ms since the epoch. */
  readonly startedAtMs: number;
  /** From the beginning of the sound. */
  readonly fromMs: number;
  readonly lengthMs: number;
}

/** What began so shortly before its stretch, in ms, is heard from the stretch's beginning on. */
const shortlyMs = 2000;

/** One stretch after the other, with nothing of what lay between them. */
export function placed(
  stretches: readonly { startedAtMs: number; lengthMs: number }[],
): PlacedStretch[] {
  let fromMs = 0;
  return stretches.map(({ startedAtMs, lengthMs }) => {
    const stretch = { startedAtMs, fromMs, lengthMs };
    fromMs += lengthMs;
    return stretch;
  });
}

/** Where in the sound a moment of the conversation lies; undefined where it was not recorded. */
export function soundMsOf(stretches: readonly PlacedStretch[], atMs: number): number | undefined {
  const stretch = stretches.findLast(
    ({ startedAtMs, lengthMs }) => atMs >= startedAtMs - shortlyMs && atMs < startedAtMs + lengthMs,
  );
  return stretch && stretch.fromMs + Math.max(0, atMs - stretch.startedAtMs);
}

/** When a moment of the sound was, in ms since the epoch. */
export function momentOf(stretches: readonly PlacedStretch[], soundMs: number): number | undefined {
  const stretch = stretches.findLast(({ fromMs }) => soundMs >= fromMs) ?? stretches[0];
  return stretch && stretch.startedAtMs + Math.max(0, soundMs - stretch.fromMs);
}

/** From when to when; open while it lasts. In ms since the epoch, on whichever clock its holder says. */
export interface Span {
  readonly fromMs: number;
  readonly toMs?: number;
}

/** The spans with one more that begins, unless the last is still open. At most `most` are kept. */
export function begun(spans: readonly Span[], fromMs: number, most: number): readonly Span[] {
  const last = spans.at(-1);
  if (last && last.toMs === undefined) return spans;
  return [...spans, { fromMs }].slice(-most);
}

/** The spans with the last one ended. */
export function ended(spans: readonly Span[], toMs: number): readonly Span[] {
  const last = spans.at(-1);
  if (!last || last.toMs !== undefined) return spans;
  return spans.with(-1, { ...last, toMs: Math.max(last.fromMs, toMs) });
}

/** Those that have something in common with the time between. */
export function overlapping(spans: readonly Span[], fromMs: number, toMs: number): readonly Span[] {
  return spans.filter((span) => span.fromMs <= toMs && (span.toMs ?? Infinity) >= fromMs);
}

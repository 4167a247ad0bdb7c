/** The part of a recording that is in sight, in ms. */
export interface Window {
  readonly fromMs: number;
  readonly lengthMs: number;
}

/** As near as one can go: some ten frames of the detector. */
const shortestMs = 320;

export function wholeOf(durationMs: number): Window {
  return { fromMs: 0, lengthMs: Math.max(shortestMs, durationMs) };
}

/** The window made `factor` times as long, so that `aroundMs` stays where it is. */
export function zoomed(
  { fromMs, lengthMs }: Window,
  factor: number,
  aroundMs: number,
  durationMs: number,
): Window {
  const whole = wholeOf(durationMs).lengthMs;
  const length = Math.min(whole, Math.max(shortestMs, lengthMs * factor));
  const share = (aroundMs - fromMs) / lengthMs;
  return moved({ fromMs: aroundMs - share * length, lengthMs: length }, 0, durationMs);
}

/** The window later by `byMs`, as far as the recording goes. */
export function moved({ fromMs, lengthMs }: Window, byMs: number, durationMs: number): Window {
  const last = Math.max(0, wholeOf(durationMs).lengthMs - lengthMs);
  return { fromMs: Math.min(last, Math.max(0, fromMs + byMs)), lengthMs };
}

/** A window with a stretch of the recording in its middle; the same one if that is in sight already. */
export function showing(
  window: Window,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  durationMs: number,
): Window {
  if (startMs >= window.fromMs && endMs <= window.fromMs + window.lengthMs) return window;
  const lengthMs = Math.min(
    wholeOf(durationMs).lengthMs,
    Math.max(window.lengthMs, 1.5 * (endMs - startMs)),
  );
  const fromMs = (startMs + endMs - lengthMs) / 2;
  return moved({ fromMs, lengthMs }, 0, durationMs);
}

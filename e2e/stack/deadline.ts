/** Seconds since 1970. A run that has a limit sets it, so that it comes to its end and can tell what it found. */
const deadlineS = Number(process.env.PARLEY_TEST_DEADLINE ?? Infinity);

/** How long, in ms, browser tests may still begin; 0 when the next would take the run over its limit. */
export function timeLeftMs(): number {
  return Math.max(deadlineS * 1000 - Date.now(), 0);
}

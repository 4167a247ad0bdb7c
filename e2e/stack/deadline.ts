/** Seconds since 1970. A run that has a limit sets it, so that it comes to its end and can tell what it found. */
const deadlineS = Number(process.env.PARLEY_TEST_DEADLINE ?? Infinity);

/** Whether a browser test that begins now would take the run over its limit. */
export function isTooLate(): boolean {
  return Date.now() / 1000 > deadlineS;
}

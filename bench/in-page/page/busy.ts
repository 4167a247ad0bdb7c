/** Holds the page up for `busyMs` of every two times that, for good. */
export function beginBusyness(busyMs: number): void {
  const until = performance.now() + busyMs;
  while (performance.now() < until);
  setTimeout(() => beginBusyness(busyMs), busyMs);
}

/** In ms with fractions, on a clock that all processes of this machine share; the wall clock may be set meanwhile. */
export function sharedClockMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

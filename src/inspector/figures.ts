import { fixed, grouped } from '../words/formats.ts';

/** Ms as a person reads them: seconds with two decimals; a dash where nothing was measured. */
export function inSeconds(ms: number | undefined): string {
  return ms === undefined ? '–' : `${fixed(ms / 1000, 2)} s`;
}

/** A whole number of ms, with its unit. */
export function inMs(ms: number | undefined): string {
  return ms === undefined ? '–' : `${grouped(Math.round(ms))} ms`;
}

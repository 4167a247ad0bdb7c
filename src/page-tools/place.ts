import type { Place } from '#protocol/page-tools.ts';

/** A tenth of a degree is some eleven kilometres from north to south. */
const roughDegrees = 0.1;
const roughM = 12_000;

/** A place as it may be told: unless exactly, to some ten kilometres, and never more exactly than is said. */
export function placeAsTold(measured: Place, exact: boolean): Place {
  if (exact) return measured;
  return {
    latitude: rounded(measured.latitude),
    longitude: rounded(measured.longitude),
    accuracyM: Math.max(measured.accuracyM, roughM),
  };
}

function rounded(degrees: number): number {
  return Number((Math.round(degrees / roughDegrees) * roughDegrees).toFixed(1));
}

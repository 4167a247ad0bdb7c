/** What counts as silence and as full level on the meters, in dB of full scale. */
const floorDb = -60;
const ceilingDb = -10;

/** Level from 0 to 1 of samples in [-1, 1], even steps for even steps in loudness. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  return rms === 0 ? 0 : scale(20 * Math.log10(rms));
}

/** The range in Hz that voices fill; bands are spread over it in even steps of pitch. */
const lowestHz = 80;
const highestHz = 8000;

/**
 * Sorts a spectrum (dB for each bin, from 0 Hz up to half of `sampleRateHz`) into bands from low to high, each 0 to 1.
 */
export function bandsOf(
  spectrumDb: Float32Array,
  sampleRateHz: number,
  count: number,
): Float32Array {
  const binHz = sampleRateHz / 2 / spectrumDb.length;
  const step = (highestHz / lowestHz) ** (1 / count);
  return Float32Array.from({ length: count }, (_, band) => {
    const first = Math.floor((lowestHz * step ** band) / binHz);
    const last = Math.max(first + 1, Math.floor((lowestHz * step ** (band + 1)) / binHz));
    let loudestDb = -Infinity;
    for (const db of spectrumDb.subarray(first, last)) loudestDb = Math.max(loudestDb, db);
    return scale(loudestDb + spectrumTiltDb);
  });
}

/** A voice's energy is spread over many bins, so each single one lies this far under the level of the whole. */
const spectrumTiltDb = 15;

function scale(db: number): number {
  return Math.min(1, Math.max(0, (db - floorDb) / (ceilingDb - floorDb)));
}

/** Whether what follows a level (0 to 1) would hardly move for it. */
export function isUnseen(level: number): boolean {
  return level < 0.02;
}

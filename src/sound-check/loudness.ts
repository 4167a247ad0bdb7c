/** How a recording of somebody who was asked to speak came out. */
export type Loudness = 'silent' | 'faint' | 'good' | 'overdriven';

/** Below this the loudest moment is no voice at all, in dBFS. */
const silentBelowDb = -55;
/** A voice that is understood well reaches this, in dBFS. */
const goodFromDb = -36;
/** The loudest moment is taken over so long, in s: about a syllable. */
const momentS = 0.1;
/** From here on a sample has met the end of the scale. */
const clippedFrom = 0.99;
/** A click may do so now and then; a voice that is too loud does it more often than this. */
const clippedShare = 0.002;

/** Judges mono samples in [-1, 1]. */
export function loudnessOf(samples: Float32Array, sampleRateHz: number): Loudness {
  const clipped = samples.reduce((n, sample) => n + (Math.abs(sample) >= clippedFrom ? 1 : 0), 0);
  if (clipped > samples.length * clippedShare) return 'overdriven';
  const loudestDb = 20 * Math.log10(loudestMoment(samples, Math.round(momentS * sampleRateHz)));
  if (loudestDb < silentBelowDb) return 'silent';
  return loudestDb < goodFromDb ? 'faint' : 'good';
}

/** The greatest RMS over `length` samples, from one such piece to the next. */
function loudestMoment(samples: Float32Array, length: number): number {
  let loudest = 0;
  for (let from = 0; from + length <= samples.length; from += length) {
    const moment = samples.subarray(from, from + length);
    const power = moment.reduce((sum, sample) => sum + sample * sample, 0) / length;
    loudest = Math.max(loudest, Math.sqrt(power));
  }
  return loudest;
}

import { frameRateHz } from '../../vad/silero/frame.ts';

/** 25 ms at 16 kHz; half of a piece lies in the one before. */
const pieceSamples = 400;
const hopSamples = pieceSamples / 2;
/** Two poles for each kHz and two more, as is usual for speech. */
const order = frameRateHz / 1000 + 2;

/**
 * The same words as breath: what the mouth does to the sound is kept (linear prediction, the autocorrelation method), and
 * noise stands in the place of the voice. 16 kHz.
 */
export function whispered(speech: Float32Array, random: () => number): Float32Array {
  const out = new Float32Array(speech.length);
  const window = Float32Array.from(
    { length: pieceSamples },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / pieceSamples),
  );
  for (let at = 0; at + pieceSamples <= speech.length; at += hopSamples) {
    const piece = window.map((weight, i) => weight * (speech[at + i] ?? 0));
    const { coefficients, gain } = predictorOf(piece);
    const past = new Float32Array(order);
    for (let i = 0; i < pieceSamples; i += 1) {
      const breath = gain * Math.sqrt(3) * (2 * random() - 1);
      const sample = coefficients.reduce(
        (sum, factor, lag) => sum - factor * (past[lag] ?? 0),
        breath,
      );
      past.copyWithin(1, 0);
      past[0] = sample;
      out[at + i] = (out[at + i] ?? 0) + sample * (window[i] ?? 0);
    }
  }
  return out;
}

/** Levinson and Durbin's recursion: x[n] = gain · noise − Σ coefficients[k] · x[n−1−k]. */
function predictorOf(piece: Float32Array): { coefficients: Float64Array; gain: number } {
  const correlation = Float64Array.from({ length: order + 1 }, (_, lag) => {
    let sum = 0;
    for (let i = lag; i < piece.length; i += 1) sum += (piece[i] ?? 0) * (piece[i - lag] ?? 0);
    return sum;
  });
  const at = (values: Float64Array, index: number): number => values[index] ?? 0;
  // A little white noise keeps the filter stable where the sound is nearly a tone.
  let error = at(correlation, 0) * 1.0001 + 1e-9;
  const coefficients = new Float64Array(order);
  for (let k = 0; k < order; k += 1) {
    let sum = at(correlation, k + 1);
    for (let j = 0; j < k; j += 1) sum += at(coefficients, j) * at(correlation, k - j);
    const reflection = -sum / error;
    const before = coefficients.slice(0, k);
    for (let j = 0; j < k; j += 1) {
      coefficients[j] = at(before, j) + reflection * at(before, k - 1 - j);
    }
    coefficients[k] = reflection;
    error *= 1 - reflection * reflection;
  }
  return { coefficients, gain: Math.sqrt(Math.max(0, error) / piece.length) };
}

import { Resampler } from '../../vad/resampling/resampler.ts';

/** A whole sound at another rate, in Hz. */
export function resampled(samples: Float32Array, fromHz: number, toHz: number): Float32Array {
  const resampler = new Resampler(fromHz, toHz);
  const out: number[] = [];
  resampler.feed(samples, (sample) => out.push(sample));
  return Float32Array.from(out);
}

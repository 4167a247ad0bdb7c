/** RMS of samples in [-1, 1], in dBFS; -120 for silence. */
export function levelOf(samples: Float32Array): number {
  const squares = samples.reduce((sum, sample) => sum + sample * sample, 0);
  return 10 * Math.log10(squares / Math.max(1, samples.length) + 1e-12);
}

/** The same sound at this RMS level, in dBFS. */
export function atLevel(samples: Float32Array, levelDbfs: number): Float32Array {
  const gain = 10 ** ((levelDbfs - levelOf(samples)) / 20);
  return samples.map((sample) => sample * gain);
}

/** Adds `sound` to `onto` from a sample on, as far as there is room. */
export function mixInto(onto: Float32Array, sound: Float32Array, at: number): void {
  const length = Math.min(sound.length, onto.length - at);
  for (let i = 0; i < length; i += 1) onto[at + i] = (onto[at + i] ?? 0) + (sound[i] ?? 0);
}

/** Sound over and over for as many samples as are asked for. */
export function looped(sound: Float32Array, length: number, from = 0): Float32Array {
  return Float32Array.from({ length }, (_, i) => sound[(from + i) % sound.length] ?? 0);
}

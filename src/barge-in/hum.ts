/** Of the energy of a hum no more than this is left in the differences between samples at 16 kHz. */
const differencesOfHum = 0.03;

/**
 * Whether samples (16 kHz, [-1, 1]) sound like a voice with closed lips: nearly all of it lies below 450 Hz, where the
 * vowels of words reach further up.
 */
export function soundsHummed(samples: Float32Array): boolean {
  let energy = 0;
  let differences = 0;
  for (let i = 1; i < samples.length; i += 1) {
    const sample = samples[i] ?? 0;
    energy += sample * sample;
    differences += (sample - (samples[i - 1] ?? 0)) ** 2;
  }
  return differences < differencesOfHum * energy;
}

/** Two pairs of bell strokes, each a fundamental with one overtone that dies away. Mono, in [-1, 1]. */
const strokes = [
  { atMs: 0, frequencyHz: 880 },
  { atMs: 260, frequencyHz: 1174.66 },
  { atMs: 900, frequencyHz: 880 },
  { atMs: 1160, frequencyHz: 1174.66 },
] as const;
const lengthMs = 2000;
const peak = 0.35;
/** A stroke falls to a third of its height in this time, in ms. */
const decayMs = 180;

/** The sound of a timer: about two seconds of 16-bit mono PCM at the given rate in Hz. */
export function chime(sampleRateHz: number): Int16Array {
  const samples = new Float32Array(Math.round((lengthMs / 1000) * sampleRateHz));
  for (const { atMs, frequencyHz } of strokes) {
    const first = Math.round((atMs / 1000) * sampleRateHz);
    for (let i = first; i < samples.length; i += 1) {
      const seconds = (i - first) / sampleRateHz;
      const envelope = Math.exp((-seconds * 1000) / decayMs) * Math.min(1, seconds / 0.004);
      const phase = 2 * Math.PI * frequencyHz * seconds;
      samples[i] = (samples[i] ?? 0) + envelope * (Math.sin(phase) + 0.3 * Math.sin(2.76 * phase));
    }
  }
  const highest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return Int16Array.from(samples, (sample) => Math.round((sample / highest) * peak * 32767));
}

/** "Ha" so many times, falling and not quite in time, in faint noise. Mono in [-1, 1] at `rate` Hz. */
export function laugh(calls: number, rate = 16_000): Float32Array {
  const callS = 0.21;
  return Float32Array.from({ length: Math.round((0.3 + calls * callS) * rate) }, (_, i) => {
    const seconds = i / rate - 0.1;
    const call = Math.floor(seconds / callS);
    const within = seconds - call * callS - (call % 2) * 0.02;
    const faint = 0.0005 * Math.sin(i * i);
    if (call < 0 || call >= calls || within < 0 || within > 0.12) return faint;
    const pitchHz = 240 - 12 * call;
    const voice = [1, 0.8, 1, 0.6, 0.3].reduce(
      (sum, gain, at) => sum + gain * Math.sin(2 * Math.PI * pitchHz * (at + 1) * seconds),
      0,
    );
    return faint + 0.08 * voice * Math.sin((Math.PI * within) / 0.12);
  });
}

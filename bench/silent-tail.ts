/** Louder than this share of full scale counts as speech; the engine's voice falls below it within a frame. */
const loud = 0.01;
const headerBytes = 44;

/** How long a 16-bit mono WAV goes on after its last loud sample, in ms. */
export function silentTailMs(wav: Buffer): number {
  const rateHz = wav.readUInt32LE(24);
  const samples = (wav.length - headerBytes) / 2;
  let last = samples - 1;
  while (last >= 0 && Math.abs(wav.readInt16LE(headerBytes + last * 2)) < loud * 0x8000) last -= 1;
  return ((samples - 1 - last) / rateHz) * 1000;
}

const rateHz = 48_000;

/** Samples at 48 kHz in one frame, by the configuration in the first five bits. */
const silk = [480, 960, 1920, 2880] as const;
const hybrid = [480, 960] as const;
const celt = [120, 240, 480, 960] as const;

/**
 * How long a packet of Opus sounds, in s; 0 for one that is empty. Containers round their times, or leave the last of a piece
 * without any. RFC 6716, section 3.1.
 */
export function opusPacketS(packet: Uint8Array): number {
  const [toc, counted] = packet;
  if (toc === undefined) return 0;
  return (frameSamples(toc >> 3) * framesOf(toc & 3, counted)) / rateHz;
}

function frameSamples(configuration: number): number {
  if (configuration < 12) return silk[(configuration & 3) as 0 | 1 | 2 | 3];
  if (configuration < 16) return hybrid[(configuration & 1) as 0 | 1];
  return celt[(configuration & 3) as 0 | 1 | 2 | 3];
}

function framesOf(code: number, counted: number | undefined): number {
  if (code === 0) return 1;
  return code === 3 ? (counted ?? 0) & 63 : 2;
}

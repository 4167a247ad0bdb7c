/** Samples in a frame of the detector: 32 ms at 16 kHz. */
export const frameSamples = 512;
export const frameRateHz = 16_000;
export const frameMs = (frameSamples / frameRateHz) * 1000;

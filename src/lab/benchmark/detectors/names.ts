/** Ours first, then those that it is held against. */
export const detectorNames = ['silero', 'legacy', 'v5', 'webrtc', 'energy'] as const;
export type DetectorName = (typeof detectorNames)[number];

/** Those that bring ONNX Runtime along. */
export const heavyDetectors: readonly DetectorName[] = ['legacy', 'v5'];

import type { DetectorName } from './detectors/names.ts';

/** How a detector is drawn; the dashes tell them apart without colour. */
export const looks: Readonly<Record<DetectorName, { colour: string; dashes?: string }>> = {
  silero: { colour: 'var(--voice-listening)' },
  legacy: { colour: 'var(--voice-thinking)', dashes: '8 3' },
  v5: { colour: 'var(--voice-speaking)', dashes: '2 3' },
  webrtc: { colour: 'var(--voice-interrupted)', dashes: '6 3 1 3' },
  energy: { colour: 'var(--muted)', dashes: '4 4' },
};

import { AudioFrame } from '@livekit/rtc-node';

/** Root mean square of 16-bit samples from which sound counts as somebody speaking nearby. */
const loudLevel = 500;

/** A frame that owns its buffer. Both published plugins (1.9.0) send the whole buffer under a frame, not the frame's part of it. */
export function whole(frame: AudioFrame): AudioFrame {
  if (frame.data.byteLength === frame.data.buffer.byteLength) return frame;
  return new AudioFrame(
    frame.data.slice(),
    frame.sampleRate,
    frame.channels,
    frame.samplesPerChannel,
  );
}

export function durationMs(frame: AudioFrame): number {
  return (frame.samplesPerChannel / frame.sampleRate) * 1000;
}

/** Whether it may be speech; a rough measure that only keeps renewals out of words. */
export function isLoud({ data }: AudioFrame): boolean {
  let energy = 0;
  for (const sample of data) energy += sample * sample;
  return energy > loudLevel * loudLevel * data.length;
}

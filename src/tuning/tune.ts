import type { LocalAudioTrack } from 'livekit-client';
import type { PageBargeIn } from '../barge-in/page-barge-in.ts';
import type { Playback } from '../playback/playback.ts';
import type { WatchedFrame } from '../vad/messages.ts';
import { judgeRoom, type RoomFindings } from './findings.ts';
import { voiceLike } from './voice-like.ts';

export type TuningStep = 'quiet' | 'sound';

interface Room {
  readonly playback: Playback;
  readonly bargeIn: PageBargeIn;
  readonly track: LocalAudioTrack;
  readonly onStep: (step: TuningStep) => void;
  readonly signal: AbortSignal;
}

/** How long each step lasts, in ms: the echo's delay needs a few seconds of sound. */
export const tuningMs = 5000;

/**
 * Listens to a room while nobody speaks: first in quiet, then with a voice on the loudspeaker. The microphone has to be
 * muted for everybody else meanwhile. Resolves to undefined if there is no detector, or the signal comes first.
 */
export async function tuneToRoom({
  playback,
  bargeIn,
  track,
  onStep,
  signal,
}: Room): Promise<RoomFindings | undefined> {
  // The room's own track gives silence while it is muted; a copy of it does not.
  const ear = track.mediaStreamTrack.clone();
  ear.enabled = true;
  const release = await bargeIn.overhear(ear);
  try {
    if (!release) return undefined;
    onStep('quiet');
    const inQuiet = await framesOf(bargeIn, signal);
    onStep('sound');
    const withSound = await framesWithVoice(playback, bargeIn, signal);
    return signal.aborted ? undefined : judgeRoom(inQuiet, withSound);
  } finally {
    release?.();
    ear.stop();
  }
}

async function framesWithVoice(
  playback: Playback,
  bargeIn: PageBargeIn,
  signal: AbortSignal,
): Promise<WatchedFrame[]> {
  if (signal.aborted) return [];
  const voice = voiceLike(playback.context, tuningMs);
  const releases = voice.stream.getAudioTracks().map((track) => playback.play(track, 'assistant'));
  const frames = await framesOf(bargeIn, signal);
  for (const release of releases) release();
  voice.release();
  return frames;
}

/** What the detector tells during one step, or until the signal. */
async function framesOf(bargeIn: PageBargeIn, signal: AbortSignal): Promise<WatchedFrame[]> {
  const frames: WatchedFrame[] = [];
  if (signal.aborted) return frames;
  const release = bargeIn.watch((frame) => frames.push(frame));
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, tuningMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  release();
  return frames;
}

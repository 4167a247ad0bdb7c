import type { Playback } from '../playback/playback.ts';
import { loudnessOf, type Loudness } from './loudness.ts';

/** How long one is asked to speak, in ms. */
export const recordedMs = 3000;

export interface OwnVoice {
  readonly sound: AudioBuffer;
  readonly loudness: Loudness;
}

/**
 * Records the microphone for `recordedMs`, also while it is muted for everybody else. Nothing of it leaves the page. Rejects
 * where the browser cannot record, or the signal comes first.
 */
export async function recordOwnVoice(
  track: MediaStreamTrack,
  context: AudioContext,
  signal: AbortSignal,
): Promise<OwnVoice> {
  // A muted track gives silence; a copy of it does not.
  const ear = track.clone();
  ear.enabled = true;
  try {
    const sound = await context.decodeAudioData(await recordingOf(ear, signal));
    const loudness = loudnessOf(sound.getChannelData(0), sound.sampleRate);
    return { sound, loudness };
  } finally {
    ear.stop();
  }
}

async function recordingOf(track: MediaStreamTrack, signal: AbortSignal): Promise<ArrayBuffer> {
  const recorder = new MediaRecorder(new MediaStream([track]));
  const pieces: Blob[] = [];
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      if (recorder.state !== 'inactive') recorder.stop();
    };
    recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
    recorder.addEventListener('stop', () => resolve(), { once: true });
    recorder.addEventListener('error', () => reject(new Error('The browser could not record.')), {
      once: true,
    });
    signal.addEventListener('abort', stop, { once: true });
    recorder.start();
    const timer = setTimeout(stop, recordedMs);
  });
  signal.throwIfAborted();
  return new Blob(pieces).arrayBuffer();
}

/** Plays what was recorded on the person's loudspeaker, at its volume. Resolves when it has ended, or the signal comes. */
export async function playOwnVoice(
  { sound }: OwnVoice,
  playback: Pick<Playback, 'context' | 'play'>,
  signal: AbortSignal,
): Promise<void> {
  const { context } = playback;
  const source = new AudioBufferSourceNode(context, { buffer: sound });
  const destination = new MediaStreamAudioDestinationNode(context);
  source.connect(destination);
  const releases = destination.stream
    .getAudioTracks()
    .map((track) => playback.play(track, 'other'));
  await new Promise<void>((resolve) => {
    source.addEventListener('ended', () => resolve(), { once: true });
    signal.addEventListener('abort', () => resolve(), { once: true });
    source.start();
  });
  for (const release of releases) release();
  source.disconnect();
}

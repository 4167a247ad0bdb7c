import type { MicrophoneCapture } from '../microphone/capture.ts';
import type { Playback } from '../playback/playback.ts';

/** The page's own microphone and loudspeaker, lent for a check or a recording. */
export interface LentSound {
  readonly microphone: Pick<MicrophoneCapture, 'track' | 'open'>;
  readonly playback: Pick<Playback, 'context' | 'lend' | 'play' | 'unlock'>;
  /** Opens both, as a call would. The release closes them, unless a call needs them by then. */
  open(): () => void;
}

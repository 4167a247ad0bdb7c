import type { Sensitivity } from '../barge-in/policy.ts';
import type { DetectorEvent } from './messages.ts';

export interface DetectorOptions {
  readonly context: AudioContext;
  readonly sensitivity: Sensitivity;
  readonly onEvent: (event: DetectorEvent) => void;
}

/** What hears the person and lowers the assistant's voice, wherever it runs. */
export interface SpeechDetector {
  /** The assistant's voice goes through it. */
  readonly duck: AudioNode;
  /** Listens to a microphone until the release is called. Throws if the browser cannot join the two. */
  listenTo(track: MediaStreamTrack): () => void;
  /**
   * Listens besides to the same microphone before the browser treats it, until the release is called. Undefined where
   * the detector has no use for it.
   */
  readonly listenToUntreated: ((track: MediaStreamTrack) => () => void) | undefined;
  /** Words of the person have been understood that are more than a sign of listening. */
  hearWords(): void;
  /** What is held back of the reply is never to be heard. */
  dropHeld(): void;
  setSensitivity(sensitivity: Sensitivity): void;
  /** Whether every frame is told. */
  watch(verbose: boolean): void;
  /** The reply that was cut is gone; lets the next one be heard. */
  reset(): void;
  /** The voice passes unchanged from then on. */
  stop(): void;
}

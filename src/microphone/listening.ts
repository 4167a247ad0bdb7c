import type { LocalAudioTrack } from 'livekit-client';
import { listenForSound } from '../latency/listen.ts';
import { microphoneGate, type SoundEdge } from '../latency/sound-gate.ts';
import { Meter } from '../levels/meter.ts';

/** Follows the sound of the microphone in this page: its level, and where words begin and end. */
export class MicrophoneListening {
  #meter: Meter | undefined;
  #release: (() => void) | undefined;

  /** Takes hold of a track's present source; call it again when the source has changed. */
  attach(track: LocalAudioTrack, context: AudioContext, onEdge: (edge: SoundEdge) => void): void {
    this.detach();
    const source = context.createMediaStreamSource(new MediaStream([track.mediaStreamTrack]));
    const meter = new Meter(context);
    source.connect(meter.node);
    let detached = false;
    let stopListening: (() => void) | undefined;
    listenForSound(source, microphoneGate, onEdge).then(
      (release) => {
        if (detached) release();
        else stopListening = release;
      },
      // Without the worklet there is no latency to show, and talking goes on.
      () => undefined,
    );
    this.#meter = meter;
    this.#release = () => {
      detached = true;
      stopListening?.();
      source.disconnect();
    };
  }

  detach(): void {
    this.#release?.();
    this.#release = undefined;
    this.#meter = undefined;
  }

  /** 0 to 1. */
  level(): number {
    return this.#meter?.level() ?? 0;
  }
}

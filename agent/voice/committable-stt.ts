import type { APIConnectOptions, stt } from '@livekit/agents';
import { EmbeddedSTT } from '../embedded/stt.ts';

/** The recogniser of the embedded engine, which also takes somebody else's word that an utterance is over. */
export class CommittableSTT extends EmbeddedSTT {
  #latest: stt.SpeechStream | undefined;

  override stream(options?: {
    connOptions?: APIConnectOptions;
  }): ReturnType<EmbeddedSTT['stream']> {
    const stream = super.stream(options);
    this.#latest = stream;
    return stream;
  }

  /** Ends the utterance of the stream that was opened last, after all the audio that it was given so far. */
  endUtterance(): void {
    try {
      this.#latest?.flush();
    } catch {
      // The stream has been closed, and with it the utterance.
    }
  }
}

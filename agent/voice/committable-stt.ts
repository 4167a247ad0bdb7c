import type { APIConnectOptions } from '@livekit/agents';
import { EmbeddedSTT, type EmbeddedSpeechStream } from '../embedded/stt.ts';

/** The recogniser of the embedded engine, which also takes somebody else's word that an utterance is over. */
export class CommittableSTT extends EmbeddedSTT {
  #latest: EmbeddedSpeechStream | undefined;

  override stream(options?: { connOptions?: APIConnectOptions }): EmbeddedSpeechStream {
    const stream = super.stream(options);
    this.#latest = stream;
    return stream;
  }

  /** Nobody has spoken at the microphone for so long, in ms. */
  quiet(forMs: number): void {
    this.#latest?.quiet(forMs);
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

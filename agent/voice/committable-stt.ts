import type { APIConnectOptions } from '@livekit/agents';
import { EmbeddedSTT, type EmbeddedSpeechStream } from '../embedded/stt.ts';

/** The recogniser of the embedded engine, which also takes somebody else's word that an utterance is over, or in doubt. */
export class CommittableSTT extends EmbeddedSTT {
  #latest: EmbeddedSpeechStream | undefined;
  #doubting = false;

  override stream(options?: { connOptions?: APIConnectOptions }): EmbeddedSpeechStream {
    const stream = super.stream(options);
    stream.doubt(this.#doubting);
    this.#latest = stream;
    return stream;
  }

  /** Nobody has spoken at the microphone for so long, in ms. */
  quiet(forMs: number): void {
    this.#latest?.quiet(forMs);
  }

  /** Whether words may well be a laugh or an echo from now on; their confidence tells. */
  doubt(on: boolean): void {
    this.#doubting = on;
    this.#latest?.doubt(on);
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

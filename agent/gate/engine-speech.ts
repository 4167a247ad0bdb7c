import type { AudioFrame } from '@livekit/rtc-node';
import { MonoResampler } from '../embedded/resampling.ts';
import type { EngineClient, ListeningStream } from '../engine/client.ts';
import { listeningRateHz } from '../engine/wire/messages.ts';

export interface EngineSpeechListener {
  started(): void;
  stopped(): void;
  /** The engine cannot tell any more, or not yet. */
  deaf(): void;
}

/** Follows by this worker's own detector when somebody speaks: for pages that do not say so. */
export class EngineSpeech {
  readonly #client: EngineClient;
  readonly #listener: EngineSpeechListener;
  readonly #resampler = new MonoResampler(listeningRateHz);
  readonly #stream: ListeningStream;
  #closed = false;

  constructor(client: EngineClient, listener: EngineSpeechListener) {
    this.#client = client;
    this.#listener = listener;
    this.#stream = client.listen({ words: false });
    void this.#follow();
  }

  hear(frame: AudioFrame): void {
    if (this.#closed) return;
    // What is written while the engine is away is lost, and so would be what is said.
    if (!this.#client.connected) this.#listener.deaf();
    for (const pcm of this.#resampler.push(frame)) this.#stream.write(pcm);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stream.close();
    this.#resampler.close();
  }

  async #follow(): Promise<void> {
    try {
      for await (const { type } of this.#stream) {
        if (this.#closed) return;
        if (type === 'speech_started') this.#listener.started();
        // Whatever was open is over: should somebody speak, the engine that came back says so at once.
        if (type === 'speech_stopped' || type === 'engine_restarted') this.#listener.stopped();
      }
    } catch {
      // Told below; what is said then goes through unheard by the engine.
    }
    if (!this.#closed) this.#listener.deaf();
  }
}

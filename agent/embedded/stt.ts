import { stt, type APIConnectOptions } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { EngineClient, ListeningEvent, ListeningStream } from '../engine/client.ts';
import { listeningRateHz, type EndpointingOptions } from '../engine/wire/messages.ts';
import { MonoResampler } from './resampling.ts';
import { AudioClock, speechData, toSpeechEvents } from './speech-events.ts';

export interface EmbeddedSTTOptions {
  readonly client: EngineClient;
  readonly endpointing?: EndpointingOptions;
  /** Called when the engine was restarted under an open stream: what was being said is lost. */
  readonly onEngineRestarted?: () => void;
}

/** Speech to text by the speech engine of this worker. It finds the ends of turns itself. */
export class EmbeddedSTT extends stt.STT {
  override readonly label = 'embedded.STT';
  readonly #options: EmbeddedSTTOptions;

  constructor(options: EmbeddedSTTOptions) {
    super({ streaming: true, interimResults: true });
    this.#options = options;
  }

  override get model(): string {
    return 'moonshine-tiny-en';
  }

  override get provider(): string {
    return 'embedded';
  }

  override stream(options?: { connOptions?: APIConnectOptions }): EmbeddedSpeechStream {
    return new EmbeddedSpeechStream(this, this.#options, options?.connOptions);
  }

  /** Recognises finished audio in one go: all utterances in it, joined. */
  protected override async _recognize(
    audio: AudioFrame | AudioFrame[],
    abortSignal?: AbortSignal,
  ): Promise<stt.SpeechEvent> {
    const listening = this.#options.client.listen();
    const close = () => listening.close();
    abortSignal?.addEventListener('abort', close, { once: true });
    const resampler = new MonoResampler(listeningRateHz);
    try {
      for (const frame of [audio].flat()) write(listening, resampler.push(frame));
      write(listening, resampler.flush());
      listening.end();
      const texts: string[] = [];
      for await (const event of listening) if (event.type === 'final') texts.push(event.text);
      return {
        type: stt.SpeechEventType.FINAL_TRANSCRIPT,
        alternatives: [speechData({ text: texts.join(' '), startMs: 0, endMs: 0, confidence: 1 })],
      };
    } finally {
      abortSignal?.removeEventListener('abort', close);
      listening.close();
      resampler.close();
    }
  }
}

export class EmbeddedSpeechStream extends stt.SpeechStream {
  override readonly label = 'embedded.SpeechStream';
  readonly #options: EmbeddedSTTOptions;
  #listening: ListeningStream | undefined;
  #doubting = false;

  constructor(owner: EmbeddedSTT, options: EmbeddedSTTOptions, connOptions?: APIConnectOptions) {
    super(owner, undefined, connOptions);
    this.#options = options;
  }

  /** Nobody has spoken at the microphone for so long, in ms, though the sound of that may still be on its way. */
  quiet(forMs: number): void {
    this.#listening?.quiet(forMs);
  }

  /** Whether words may well be a laugh or an echo from now on; their confidence tells. */
  doubt(on: boolean): void {
    this.#doubting = on;
    this.#listening?.doubt(on);
  }

  protected override async run(): Promise<void> {
    const { client, endpointing } = this.#options;
    const listening = client.listen(endpointing ? { endpointing } : {});
    this.#listening = listening;
    listening.doubt(this.#doubting);
    const close = () => listening.close();
    this.abortSignal.addEventListener('abort', close, { once: true });
    const clock = new AudioClock();
    try {
      await Promise.all([this.#send(listening, clock), this.#receive(listening, clock)]);
    } finally {
      this.abortSignal.removeEventListener('abort', close);
      listening.close();
    }
  }

  async #send(listening: ListeningStream, clock: AudioClock): Promise<void> {
    const resampler = new MonoResampler(listeningRateHz);
    try {
      for await (const item of this.input) {
        if (this.abortSignal.aborted) return;
        if (typeof item === 'symbol') listening.flush();
        else clock.advance(write(listening, resampler.push(item)));
      }
      clock.advance(write(listening, resampler.flush()));
      listening.end();
    } finally {
      resampler.close();
    }
  }

  async #receive(listening: ListeningStream, clock: AudioClock): Promise<void> {
    let speaking = false;
    for await (const event of listening) {
      if (event.type === 'engine_restarted') this.#options.onEngineRestarted?.();
      for (const speechEvent of toSpeechEvents(event, speaking, clock, this.startTimeOffset)) {
        if (!this.queue.closed) this.queue.put(speechEvent);
      }
      speaking = stillSpeaking(event, speaking);
    }
  }
}

function stillSpeaking(event: ListeningEvent, before: boolean): boolean {
  if (event.type === 'speech_started') return true;
  if (event.type === 'speech_stopped' || event.type === 'engine_restarted') return false;
  return before;
}

/** Returns how many ms of audio were written. */
function write(listening: ListeningStream, chunks: readonly Int16Array[]): number {
  let samples = 0;
  for (const chunk of chunks) {
    listening.write(chunk);
    samples += chunk.length;
  }
  return (samples / listeningRateHz) * 1000;
}

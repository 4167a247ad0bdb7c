import type { EngineClient, ListeningStream } from '../../../agent/engine/client.ts';
import { listeningRateHz } from '../../../agent/engine/wire/messages.ts';
import { joined } from '../../../agent/engine/wire/pcm.ts';

/** Who finds the end of a turn: the mind, after so much silence (50 to 10,000 ms), or the client, by `commit`. */
export type Turns =
  { readonly kind: 'found'; readonly silenceMs: number } | { readonly kind: 'manual' };

/**
 * What was heard. All positions are ms of audio since the first sample. A turn that the mind found gives
 * `speech_started`, any number of `interim`, `speech_stopped`, `final`; one that was committed by hand gives `final` alone.
 */
export type HearingEvent =
  | { readonly type: 'speech_started'; readonly atMs: number }
  /** The words so far; each replaces the one before. */
  | { readonly type: 'interim'; readonly text: string }
  /** `atMs` is where the speech ended, `decidedAtMs` where the audio stood when that was settled. */
  | { readonly type: 'speech_stopped'; readonly atMs: number; readonly decidedAtMs: number }
  /** `text` is empty where the sound had no words in it. */
  | {
      readonly type: 'final';
      readonly text: string;
      readonly startMs: number;
      readonly endMs: number;
    };

export interface HearingOptions {
  readonly turns: Turns;
  readonly onEvent: (event: HearingEvent) => void;
}

const longestSilenceMs = 10_000;

/** One stream of audio from one client, from its first sample to `close`. */
export class Hearing {
  readonly #client: EngineClient;
  readonly #onEvent: (event: HearingEvent) => void;
  #turns: Turns;
  #stream: ListeningStream | undefined;
  /** What a turn by hand consists of so far. */
  #kept: Int16Array[] = [];
  #keptFromMs = 0;
  #heardMs = 0;
  #closed = false;

  constructor(client: EngineClient, { turns, onEvent }: HearingOptions) {
    this.#client = client;
    this.#onEvent = onEvent;
    this.#turns = turns;
    this.#begin();
  }

  /** How much audio has come, in ms. */
  get heardMs(): number {
    return this.#heardMs;
  }

  /** Mono PCM at 16 kHz, any number of samples, as fast as it comes. Positions count samples, not the clock. */
  hear(pcm: Int16Array): void {
    if (this.#closed) return;
    this.#heardMs += (pcm.length / listeningRateHz) * 1000;
    if (this.#turns.kind === 'manual') this.#kept.push(pcm);
    else this.#stream?.write(pcm);
  }

  /** Ends the turn now. Where the mind finds turns itself and nobody is speaking, nothing follows. */
  commit(): void {
    if (this.#turns.kind === 'found') {
      this.#stream?.flush();
      return;
    }
    const startMs = this.#keptFromMs;
    const endMs = this.#heardMs;
    const pcm = joined(this.#kept);
    this.#keepAnew();
    void this.#transcribe(pcm).then((text) => {
      if (!this.#closed) this.#onEvent({ type: 'final', text, startMs, endMs });
    });
  }

  /** Drops what has been said since the last turn. */
  clear(): void {
    this.#begin();
  }

  /** Another rule from here on. A turn that is under way is dropped. */
  configure(turns: Turns): void {
    this.#turns = turns;
    this.#begin();
  }

  /** No event comes after it. */
  close(): void {
    this.#closed = true;
    this.#stream?.close();
  }

  #keepAnew(): void {
    this.#kept = [];
    this.#keptFromMs = this.#heardMs;
  }

  #begin(): void {
    this.#stream?.close();
    this.#stream = undefined;
    this.#keepAnew();
    if (this.#closed || this.#turns.kind === 'manual') return;
    const stream = this.#client.listen({ endpointing: everySilence(this.#turns.silenceMs) });
    this.#stream = stream;
    void this.#follow(stream, this.#heardMs);
  }

  async #follow(stream: ListeningStream, originMs: number): Promise<void> {
    let words: string[] = [];
    let startMs = originMs;
    for await (const event of stream) {
      if (this.#stream !== stream || this.#closed) return;
      switch (event.type) {
        case 'speech_started':
          startMs = originMs + event.atMs;
          this.#onEvent({ type: 'speech_started', atMs: startMs });
          break;
        case 'interim':
          this.#onEvent({ type: 'interim', text: [...words, event.text].join(' ') });
          break;
        case 'final':
          words.push(event.text);
          break;
        case 'speech_stopped': {
          const endMs = originMs + event.atMs;
          const text = words.join(' ');
          words = [];
          this.#onEvent({
            type: 'speech_stopped',
            atMs: endMs,
            decidedAtMs: originMs + event.decidedAtMs,
          });
          this.#onEvent({ type: 'final', text, startMs, endMs });
          break;
        }
      }
    }
  }

  async #transcribe(pcm: Int16Array): Promise<string> {
    const stream = this.#client.listen({ endpointing: everySilence(longestSilenceMs) });
    stream.write(pcm);
    stream.end();
    const words: string[] = [];
    for await (const event of stream) if (event.type === 'final') words.push(event.text);
    return words.join(' ');
  }
}

/** The engine would wait longer or shorter by how finished the words read; a provider's rule knows the silence only. */
function everySilence(silenceMs: number) {
  return {
    completeSilenceMs: silenceMs,
    openSilenceMs: silenceMs,
    incompleteSilenceMs: silenceMs,
  };
}

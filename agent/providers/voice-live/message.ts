import { Future, stream, type llm } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { AudioFormat } from './audio/formats.ts';
import { OutputAudio } from './audio/output.ts';
import { WordTimes, type TextPiece } from './word-times.ts';

export interface MessageSetup {
  readonly outputFormat: AudioFormat;
  readonly wordTimes: boolean;
  /** What a message has that ends before it showed what it is. */
  readonly modalities: ('text' | 'audio')[];
}

/** One message of a reply while it is being made: its text and its sound, each a stream that is always closed in the end. */
export class Message {
  readonly generation: llm.MessageGeneration;
  /** All text so far. */
  transcript = '';
  /** Before it was complete. */
  wasCut = false;
  readonly #setup: MessageSetup;
  readonly #text = stream.createStreamChannel<TextPiece>();
  readonly #frames = stream.createStreamChannel<AudioFrame>();
  readonly #modalities = new Future<('text' | 'audio')[], never>();
  readonly #audio: OutputAudio;
  readonly #times: WordTimes | undefined;
  #open = true;

  constructor(id: string, setup: MessageSetup) {
    this.#setup = setup;
    this.#audio = new OutputAudio(setup.outputFormat);
    this.#times = setup.wordTimes ? new WordTimes() : undefined;
    this.generation = {
      messageId: id,
      textStream: this.#text.stream(),
      audioStream: this.#frames.stream(),
      modalities: this.#modalities.await,
    };
  }

  /** How much of its sound has come. */
  get receivedMs(): number {
    return this.#audio.receivedMs;
  }

  part(type: string): void {
    this.#decide(type === 'text' ? ['text'] : ['audio', 'text']);
  }

  text(delta: string): void {
    if (!this.#open) return;
    this.transcript += delta;
    this.#write(this.#times ? this.#times.text(delta) : [delta]);
  }

  word(text: string, offsetMs: number, durationMs: number): void {
    if (this.#open && this.#times) this.#write(this.#times.word({ text, offsetMs, durationMs }));
  }

  audio(base64: string): void {
    if (!this.#open) return;
    this.#decide(['audio', 'text']);
    for (const frame of this.#audio.push(base64)) send(this.#frames, frame);
    if (this.#times) this.#write(this.#times.heardOf(this.receivedMs));
  }

  /** No more comes; what was held back goes out. */
  end(): void {
    if (!this.#open) return;
    this.#write(this.#times?.end() ?? []);
    for (const frame of this.#audio.end()) send(this.#frames, frame);
    this.#close();
  }

  /** No more is wanted. */
  cut(): void {
    if (!this.#open) return;
    this.wasCut = true;
    this.#audio.close();
    this.#close();
  }

  #close(): void {
    this.#open = false;
    this.#decide(this.#setup.modalities);
    void this.#text.close();
    void this.#frames.close();
  }

  #decide(modalities: ('text' | 'audio')[]): void {
    if (!this.#modalities.done) this.#modalities.resolve(modalities);
  }

  #write(pieces: readonly TextPiece[]): void {
    for (const piece of pieces) send(this.#text, piece);
  }
}

/** A reader that has had enough is not an error. */
export function send<T>(channel: stream.StreamChannel<T>, chunk: T): void {
  channel.write(chunk).catch(() => undefined);
}

import { llm, stream } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { peeledArguments } from './tools.ts';
import { VoicedText } from './voiced-text.ts';
import { outputRateHz } from './wire/input-events.ts';

/** One reply of the model, as the framework consumes it. Every channel is closed by `close`, on every path. */
export class Generation {
  readonly id = `nova_${crypto.randomUUID()}`;
  readonly createdAtMs = Date.now();
  readonly userInitiated: boolean;
  readonly #messages = stream.createStreamChannel<llm.MessageGeneration>();
  readonly #calls = stream.createStreamChannel<llm.FunctionCall>();
  readonly #text = stream.createStreamChannel<string>();
  readonly #audio = stream.createStreamChannel<AudioFrame>();
  /** Half a sample that waits for its other half. */
  #oddByte: Buffer = Buffer.alloc(0);
  #begun = false;
  readonly #planned = new VoicedText();
  /** What the service says was spoken, as far as it has told. */
  #account: string | undefined;
  #resumed = false;
  #firstAudioAtMs: number | undefined;
  #closedAtMs: number | undefined;
  #cancelled = false;

  constructor(userInitiated: boolean) {
    this.userInitiated = userInitiated;
  }

  get event(): llm.GenerationCreatedEvent {
    return {
      messageStream: this.#messages.stream(),
      functionStream: this.#calls.stream(),
      userInitiated: this.userInitiated,
      responseId: this.id,
    };
  }

  get closed(): boolean {
    return this.#closedAtMs !== undefined;
  }

  /** Whether it was cut. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  get durationMs(): number {
    return (this.#closedAtMs ?? Date.now()) - this.createdAtMs;
  }

  /** From the first sign of the reply to its first sound, in ms; -1 without sound. */
  get firstAudioMs(): number {
    return this.#firstAudioAtMs === undefined ? -1 : this.#firstAudioAtMs - this.createdAtMs;
  }

  /** What the service believes was said: its own account, or what it planned while there is none. */
  get text(): string {
    return this.#account ?? this.#planned.text;
  }

  /** Whether there are words to be said in it, be they heard or not. */
  get hasWords(): boolean {
    return this.#planned.text !== '' || Boolean(this.#account);
  }

  /** As much of it as has sound. */
  get voiced(): string {
    return this.#planned.voiced;
  }

  /** Words that will be spoken. */
  plan(text: string): void {
    if (this.closed) return;
    this.#begin();
    const piece = this.#planned.add(text);
    if (piece) void this.#text.write(piece);
  }

  /** Words that were spoken, as the service tells afterwards; may come when the generation is closed. */
  confirm(text: string): void {
    // Of a reply that two connections have made, none of them knows the whole.
    if (this.#resumed) return;
    this.#account = this.#account ? `${this.#account} ${text}` : text;
  }

  /** The service was cut: what it does not confirm from now on, it believes that nobody heard. */
  interrupted(): void {
    if (!this.#resumed) this.#account ??= '';
  }

  /** All of what was planned so far has sound. */
  pieceEnded(): void {
    this.#planned.pieceEnded();
  }

  /** Another connection goes on with it, from where the sound ends. */
  resume(): void {
    this.#resumed = true;
    this.#account = undefined;
    this.#oddByte = Buffer.alloc(0);
    this.#planned.goOnFromVoiced();
  }

  /** Base64 of mono PCM at 24 kHz; a piece may end in the middle of a sample. */
  play(base64: string): void {
    if (this.closed) return;
    const bytes = Buffer.concat([this.#oddByte, Buffer.from(base64, 'base64')]);
    const samples = Math.floor(bytes.length / 2);
    this.#oddByte = bytes.subarray(samples * 2);
    if (samples === 0) return;
    this.#begin();
    this.#firstAudioAtMs ??= Date.now();
    const pcm = new Int16Array(samples);
    for (let index = 0; index < samples; index += 1) pcm[index] = bytes.readInt16LE(index * 2);
    this.#planned.sounded((samples / outputRateHz) * 1000);
    void this.#audio.write(new AudioFrame(pcm, outputRateHz, 1, samples));
  }

  call(toolUseId: string, name: string, content: string): void {
    if (this.closed) return;
    const args = peeledArguments(content);
    void this.#calls.write(llm.FunctionCall.create({ callId: toolUseId, name, args }));
  }

  /** `cancelled`: it was cut, and did not come to its end. */
  close(cancelled = false): void {
    if (this.closed) return;
    this.#cancelled = cancelled;
    this.#closedAtMs = Date.now();
    for (const channel of [this.#text, this.#audio, this.#calls, this.#messages]) {
      void channel.close();
    }
  }

  /** A reply that only calls tools has no message. */
  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    void this.#messages.write({
      messageId: this.id,
      textStream: this.#text.stream(),
      audioStream: this.#audio.stream(),
      modalities: Promise.resolve(['text', 'audio']),
    });
  }
}

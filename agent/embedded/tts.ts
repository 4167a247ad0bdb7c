import { setTimeout as delay } from 'node:timers/promises';
import { APIConnectionError, shortuuid, tts, type APIConnectOptions } from '@livekit/agents';
import { EngineUnavailableError, type EngineClient } from '../engine/client.ts';
import { PieceCutter } from '../engine/speaking/pieces.ts';
import { speakingRateHz } from '../engine/wire/messages.ts';
import { joined } from '../engine/wire/pcm.ts';
import { frames, timedWords } from './spoken-frames.ts';

export interface EmbeddedTTSOptions {
  readonly client: EngineClient;
  /** 0.5 to 2; 1 is the voice's own pace. */
  readonly speed?: number;
}

/** Text to speech by the speech engine of this worker. */
export class EmbeddedTTS extends tts.TTS {
  override readonly label = 'embedded.TTS';
  readonly #options: EmbeddedTTSOptions;

  constructor(options: EmbeddedTTSOptions) {
    super(speakingRateHz, 1, { streaming: true, alignedTranscript: true });
    this.#options = options;
  }

  override get model(): string {
    return 'piper-en_US-joe-medium';
  }

  override get provider(): string {
    return 'embedded';
  }

  override synthesize(
    text: string,
    connOptions?: APIConnectOptions,
    abortSignal?: AbortSignal,
  ): tts.ChunkedStream {
    return new WholeText(text, this, this.#options, connOptions, abortSignal);
  }

  override stream(options?: { connOptions?: APIConnectOptions }): tts.SynthesizeStream {
    return new RunningText(this, this.#options, options?.connOptions);
  }
}

class WholeText extends tts.ChunkedStream {
  override readonly label = 'embedded.ChunkedStream';
  readonly #options: EmbeddedTTSOptions;

  constructor(
    text: string,
    owner: EmbeddedTTS,
    options: EmbeddedTTSOptions,
    connOptions?: APIConnectOptions,
    abortSignal?: AbortSignal,
  ) {
    super(text, owner, connOptions, abortSignal);
    this.#options = options;
  }

  protected override async run(): Promise<void> {
    const cutter = new PieceCutter();
    const speech = new Speech(this.#options, this.abortSignal, (audio) => {
      if (!this.queue.closed) this.queue.put(audio);
    });
    for (const piece of [...cutter.push(this.inputText), ...cutter.flush()])
      await speech.say(piece);
    speech.finish();
  }
}

class RunningText extends tts.SynthesizeStream {
  override readonly label = 'embedded.SynthesizeStream';
  readonly #speech: Speech;
  /** What is still to be said; kept over attempts, so that an engine restart repeats one piece at most. */
  readonly #todo: (string | typeof segmentEnd)[] = [];
  #inputEnded = false;
  #reading: Promise<void> | undefined;
  #wake: (() => void) | undefined;

  constructor(owner: EmbeddedTTS, options: EmbeddedTTSOptions, connOptions?: APIConnectOptions) {
    super(owner, connOptions);
    this.#speech = new Speech(options, this.abortSignal, (audio) => {
      if (!this.queue.closed) this.queue.put(audio);
    });
    this.abortSignal.addEventListener('abort', () => this.#wake?.(), { once: true });
  }

  protected override async run(): Promise<void> {
    this.#reading ??= this.#read();
    while (!this.abortSignal.aborted) {
      const [next] = this.#todo;
      if (next === undefined) {
        if (this.#inputEnded) break;
        await new Promise<void>((resolve) => (this.#wake = resolve));
        continue;
      }
      if (next === segmentEnd) {
        if (this.#speech.finish()) this.queue.put(tts.SynthesizeStream.END_OF_STREAM);
      } else {
        this.markStarted();
        await this.#speech.say(next);
      }
      this.#todo.shift();
    }
  }

  async #read(): Promise<void> {
    let cutter = new PieceCutter();
    for await (const item of this.input) {
      if (typeof item === 'symbol') {
        this.#todo.push(...cutter.flush(), segmentEnd);
        cutter = new PieceCutter();
      } else {
        this.#todo.push(...cutter.push(item));
      }
      this.#wake?.();
    }
    this.#todo.push(...cutter.flush(), segmentEnd);
    this.#inputEnded = true;
    this.#wake?.();
  }
}

const segmentEnd = Symbol('end of segment');

/** How much speech may be ready before it is heard, in ms. The framework gives up on speech that pauses for 10 s. */
const farthestAheadMs = 5000;

/** Says pieces one after another, as frames whose last one per segment is marked as final. */
class Speech {
  readonly #client: EngineClient;
  readonly #speed: number;
  readonly #signal: AbortSignal;
  readonly #emit: (audio: tts.SynthesizedAudio) => void;
  #segmentId = shortuuid('seg_');
  readonly #requestId = shortuuid('req_');
  /** Held back until it is known whether another one follows. */
  #last: tts.SynthesizedAudio | undefined;
  #segmentSeconds = 0;
  /** When the segment's first sound was ready, on `performance.now()`. */
  #startedAtMs: number | undefined;
  /** Text that had no sound of its own, such as white space, waits for the next that has. */
  #unsounded = '';

  constructor(
    { client, speed = 1 }: EmbeddedTTSOptions,
    signal: AbortSignal,
    emit: (audio: tts.SynthesizedAudio) => void,
  ) {
    this.#client = client;
    this.#speed = speed;
    this.#signal = signal;
    this.#emit = emit;
  }

  /** Waits until the piece is due. Throws a retryable `APIConnectionError` when the engine is away; the piece has then not been said. */
  async say(piece: string): Promise<void> {
    if (!(await this.#isWanted())) return;
    const pcm = await this.#synthesize(piece);
    if (this.#signal.aborted) return;
    const text = this.#unsounded + piece;
    const [first, ...rest] = frames(pcm);
    if (!first) {
      this.#unsounded = text;
      return;
    }
    this.#unsounded = '';
    this.#startedAtMs ??= performance.now();
    const seconds = pcm.length / speakingRateHz;
    const timedTranscripts = timedWords(text, this.#segmentSeconds, seconds);
    this.#segmentSeconds += seconds;
    this.#queue({ ...this.#audio(first), timedTranscripts });
    for (const frame of rest) this.#queue(this.#audio(frame));
  }

  /** Closes the segment. False if nothing was said in it. */
  finish(): boolean {
    const last = this.#last;
    if (!last) return false;
    if (!this.#signal.aborted) this.#emit({ ...last, final: true });
    this.#last = undefined;
    this.#segmentId = shortuuid('seg_');
    this.#segmentSeconds = 0;
    this.#startedAtMs = undefined;
    return true;
  }

  /**
   * Resolves when the next piece is due, to whether it is still wanted. Work that is done long ahead is lost when the
   * person cuts in, and keeps the engine from what is said next.
   */
  async #isWanted(): Promise<boolean> {
    if (this.#startedAtMs !== undefined) {
      const playsUntilMs = this.#startedAtMs + this.#segmentSeconds * 1000;
      const waitMs = playsUntilMs - performance.now() - farthestAheadMs;
      const options = { signal: this.#signal };
      if (waitMs > 0) await delay(waitMs, undefined, options).catch(() => undefined);
    }
    return !this.#signal.aborted;
  }

  async #synthesize(piece: string): Promise<Int16Array> {
    const chunks: Int16Array[] = [];
    try {
      const audio = this.#client.synthesize(piece, { speed: this.#speed, signal: this.#signal });
      for await (const chunk of audio) chunks.push(chunk);
    } catch (error) {
      if (!(error instanceof EngineUnavailableError)) throw error;
      throw new APIConnectionError({ message: error.message });
    }
    return joined(chunks);
  }

  #audio(frame: tts.SynthesizedAudio['frame']): tts.SynthesizedAudio {
    return { requestId: this.#requestId, segmentId: this.#segmentId, frame, final: false };
  }

  #queue(audio: tts.SynthesizedAudio): void {
    if (this.#last) this.#emit(this.#last);
    this.#last = audio;
  }
}
